using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Scheduling.Sqlite;

/// <summary>Which file lies at a path. On Linux a file can be moved away or replaced while it is open, and SQLite goes on writing into the one that nobody will ever find again.</summary>
/// <remarks>Elsewhere only presence is told: Windows does not let go of a file that is open.</remarks>
internal readonly partial record struct FileIdentity
{
    // The layout of struct statx is part of the kernel's interface, the same on every architecture.
    private const int StatxBytes = 256;
    private const int InodeOffset = 32;
    private const int DeviceOffset = 136;
    private const int CurrentFolder = -100;
    private const uint InodeOnly = 0x100;

    private FileIdentity(ulong inode, ulong device) => (Inode, Device) = (inode, device);

    private ulong Inode { get; }

    private ulong Device { get; }

    /// <summary>The file at a path; null when there is none.</summary>
    public static unsafe FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.Exists(path) ? default(FileIdentity) : null;
        var found = stackalloc byte[StatxBytes];
        if (Statx(CurrentFolder, path, 0, InodeOnly, found) != 0)
            return null;
        return new FileIdentity(
            BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(found + InodeOffset, 8)),
            BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(found + DeviceOffset, 8)));
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* found);
}
