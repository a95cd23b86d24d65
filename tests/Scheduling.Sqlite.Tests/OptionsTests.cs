namespace Scheduling.Sqlite.Tests;

/// <summary>What a connection string and the options may say.</summary>
public sealed class OptionsTests
{
    [Theory]
    [InlineData("Mode=ReadWrite", "names no file")]
    [InlineData("Data Source=", "names no file")]
    [InlineData("Data Source=:memory:", "no path of a file")]
    [InlineData("Data Source=file:a.db", "no path of a file")]
    [InlineData("Data Source=a.db;Password=secret", "Password")]
    [InlineData("Data Source=a.db;Mode=ReadOnly", "ReadOnly")]
    public void ConnectionString_NotOfThisStore_IsRefusedWithWhatIsAllowed(string connectionString, string words)
    {
        var refused = Assert.Throws<ArgumentException>(() => new SqliteStore(connectionString));

        Assert.Contains(words, refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Data Source=a.db")]
    [InlineData("DataSource=a.db;Mode=ReadWriteCreate")]
    [InlineData("Filename=a.db;mode=readwrite")]
    public void ConnectionString_InItsSpellings_NamesTheFile(string connectionString)
    {
        using var store = new SqliteStore(connectionString);

        Assert.Equal(Path.GetFullPath("a.db"), store.Path);
        Assert.False(File.Exists(store.Path));
    }

    public static TheoryData<string, SqliteStoreOptions> OutOfRange => new()
    {
        { nameof(SqliteStoreOptions.BusyTimeout), new() { BusyTimeout = TimeSpan.FromMilliseconds(-1) } },
        { nameof(SqliteStoreOptions.BusyTimeout), new() { BusyTimeout = TimeSpan.FromSeconds(61) } },
        { nameof(SqliteStoreOptions.Readers), new() { Readers = 0 } },
        { nameof(SqliteStoreOptions.Readers), new() { Readers = 65 } },
        { nameof(SqliteStoreOptions.WatchInterval), new() { WatchInterval = TimeSpan.FromMilliseconds(9) } },
        { nameof(SqliteStoreOptions.CacheMegabytes), new() { CacheMegabytes = 0 } },
        { nameof(SqliteStoreOptions.Durability), new() { Durability = (SqliteDurability)7 } },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Option_OutOfItsRange_IsRefusedByName(string name, SqliteStoreOptions options)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => new SqliteStore("Data Source=a.db", options));

        Assert.Equal(name, refused.ParamName);
        Assert.Contains("allowed", refused.Message, StringComparison.Ordinal);
    }
}
