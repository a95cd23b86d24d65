namespace Scheduling.Testing.Tests.Hell;

/// <summary>An exception that throws when somebody looks at it.</summary>
internal sealed class UnreadableException : Exception
{
    public override string Message => throw new InvalidOperationException("no message");

    public override string? StackTrace => throw new InvalidOperationException("no trace");

    public override string ToString() => throw new InvalidOperationException("no text");
}
