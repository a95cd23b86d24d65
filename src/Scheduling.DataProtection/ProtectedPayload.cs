using System.Buffers.Binary;

namespace Scheduling.DataProtection;

/// <summary>Reads which key of the ring sealed a payload: Data Protection writes a fixed word and the key's id in front of each (its documented "authenticated encryption" header).</summary>
internal static class ProtectedPayload
{
    private const uint Magic = 0x09F0C9F0;
    private const int MagicSize = sizeof(uint);
    private const int KeyIdSize = 16;
    private const string Name = "data-protection";
    private const string Prefix = Name + ":";

    /// <summary>The id under which a payload is stored; one for all where the provider writes none.</summary>
    public static string KeyIdOf(ReadOnlySpan<byte> payload) =>
        payload.Length >= MagicSize + KeyIdSize && BinaryPrimitives.ReadUInt32BigEndian(payload) == Magic ? KeyIdOf(new Guid(payload.Slice(MagicSize, KeyIdSize))) : Name;

    /// <summary>The same id, of a key of the ring.</summary>
    public static string KeyIdOf(Guid key) => $"{Prefix}{key:D}";

    /// <summary>Whether an id is one that was made here.</summary>
    public static bool IsKeyId(string id) => string.Equals(id, Name, StringComparison.Ordinal) || id.StartsWith(Prefix, StringComparison.Ordinal);
}
