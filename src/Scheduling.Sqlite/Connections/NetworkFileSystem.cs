using System.Collections.Frozen;

namespace Scheduling.Sqlite;

/// <summary>File systems on which SQLite's write-ahead log is refused, because the memory that its processes share and its locks end at the edge of a machine (https://sqlite.org/wal.html, "Overview").</summary>
internal static class NetworkFileSystem
{
    // As Linux, macOS and .NET name them. A name that may also stand for something local, such as fuse, fuseblk, 9p or virtiofs, tells nothing and is let through.
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
        [
            "nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "afpfs", "ceph", "coda", "ncp", "ncpfs", "lustre", "beegfs", "webdav", "davfs",
            "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.ceph-fuse", "fuse.davfs", "fuse.smbnetfs", "fuse.rclone", "fuse.s3fs", "fuse.goofys", "fuse.gcsfuse", "fuse.blobfuse", "fuse.blobfuse2", "fuse.juicefs",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file system is one that several machines reach over a network.</summary>
    /// <param name="format">Its name, as <see cref="DriveInfo.DriveFormat"/> has it.</param>
    public static bool Is(string format) => Names.Contains(format);

    /// <summary>Whether a folder of Windows is named by a server and its share; the device names of local drives (<c>\\?\D:\</c>) look similar.</summary>
    public static bool IsShare(string folder) =>
        folder.StartsWith(@"\\?\UNC\", StringComparison.OrdinalIgnoreCase)
        || (folder.StartsWith(@"\\", StringComparison.Ordinal) && !folder.StartsWith(@"\\?\", StringComparison.Ordinal) && !folder.StartsWith(@"\\.\", StringComparison.Ordinal));

    /// <summary>The network file system that a file lies on, or would lie on if it were made; null when it is a local one or cannot be told.</summary>
    public static string? Of(string path)
    {
        try
        {
            var target = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null;
            var folder = Path.GetDirectoryName(target ?? path)!;
            if (OperatingSystem.IsWindows())
                return IsShare(folder) || new DriveInfo(folder).DriveType == DriveType.Network ? "a share" : null;

            // Not the type of the drive: that is said to be a network for each kind of FUSE.
            var format = new DriveInfo(folder).DriveFormat;
            return Is(format) ? format : null;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A folder that is missing or closed to us is told by the attempt to open the file, in its own words.
            return null;
        }
    }
}
