namespace Scheduling.Sqlite.Tests.Connections;

/// <summary>C24: SQLite on a network share is refused where it can be told, before anything is made there.</summary>
public sealed class NetworkFileSystemTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("nfs")]
    [InlineData("nfs4")]
    [InlineData("NFS")]
    [InlineData("cifs")]
    [InlineData("smb")]
    [InlineData("smb2")]
    [InlineData("smb3")]
    [InlineData("smbfs")]
    [InlineData("afpfs")]
    [InlineData("ceph")]
    [InlineData("fuse.sshfs")]
    [InlineData("fuse.glusterfs")]
    [InlineData("fuse.s3fs")]
    public void Is_ReachedOverANetwork_IsTold(string format) => Assert.True(NetworkFileSystem.Is(format));

    [Theory]
    [InlineData(@"\\server\share\data", true)]
    [InlineData(@"\\?\UNC\server\share\data", true)]
    [InlineData(@"\\?\unc\server\share\data", true)]
    [InlineData(@"\\?\D:\data", false)]
    [InlineData(@"\\.\D:\data", false)]
    [InlineData(@"D:\data", false)]
    [InlineData("/srv/data", false)]
    public void IsShare_FolderOfWindows_IsToldByItsName(string folder, bool isShare) => Assert.Equal(isShare, NetworkFileSystem.IsShare(folder));

    [Theory]
    [InlineData("ext4")]
    [InlineData("xfs")]
    [InlineData("btrfs")]
    [InlineData("zfs")]
    [InlineData("tmpfs")]
    [InlineData("overlay")]
    [InlineData("apfs")]
    [InlineData("NTFS")]
    [InlineData("fuseblk")] // ntfs-3g
    [InlineData("fuse")]
    [InlineData("fuse.mergerfs")]
    [InlineData("9p")] // gVisor's root, as well as the host's drives in a virtual machine
    [InlineData("virtiofs")]
    [InlineData("")]
    public void Is_LocalOrNotToBeTold_IsLetThrough(string format) => Assert.False(NetworkFileSystem.Is(format));

    [Fact]
    public void Of_FolderThatIsMissing_IsNotTold() => Assert.Null(NetworkFileSystem.Of(Path.Combine(_file.Folder, "nowhere", "scheduling.db")));

    [Fact]
    public async Task Open_OnANetworkFileSystem_IsRefusedAndNothingIsMade()
    {
        await using var store = new SqliteStore(_file.ConnectionString, new SqliteStoreOptions { NetworkFileSystem = "nfs4" });

        var error = await Assert.ThrowsAsync<SqliteStoreException>(async () => await store.InitializeAsync(TestContext.Current.CancellationToken));

        Assert.Equal((SqliteProblem.CannotOpen, _file.Path), (error.Problem, error.Path));
        Assert.Contains("network file system (nfs4)", error.Message, StringComparison.Ordinal);
        Assert.Contains("local disk", error.Message, StringComparison.Ordinal);
        Assert.Contains(_file.Path, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_file.Folder));
    }
}
