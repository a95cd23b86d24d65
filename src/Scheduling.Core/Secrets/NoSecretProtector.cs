namespace Scheduling.Secrets;

/// <summary>Stands where no key is configured: says so, instead of keeping secrets in the clear.</summary>
internal sealed class NoSecretProtector : ISecretProtector
{
    public const string Problem = "No key to encrypt secrets with is configured: set Scheduling:Secrets:Keys, or hand an ISecretProtector to the scheduler and the engine.";

    public static NoSecretProtector Instance { get; } = new();

    public string KeyId => throw new InvalidOperationException(Problem);

    public SealedValue Seal(ReadOnlySpan<byte> value, ReadOnlySpan<byte> context) => throw new InvalidOperationException(Problem);

    public byte[] Open(SealedValue value, ReadOnlySpan<byte> context) => throw new InvalidOperationException(Problem);
}
