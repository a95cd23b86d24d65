using Npgsql;
using Scheduling.PostgreSql.Connections;

namespace Scheduling.PostgreSql.Tests;

/// <summary>A schema of one test, gone with it.</summary>
internal sealed class TestSchema : IAsyncDisposable
{
    public TestSchema(string? name = null) => Name = name ?? Cluster.NewSchema();

    public string Name { get; }

    public string Quoted => SqlTexts.Quote(Name);

    public PostgreSqlStore Store(Action<PostgreSqlStoreOptions>? configure = null) => Store(Cluster.Source, configure);

    public PostgreSqlStore Store(NpgsqlDataSource source, Action<PostgreSqlStoreOptions>? configure = null)
    {
        var options = new PostgreSqlStoreOptions { Schema = Name, UseNotifications = false, CommandTimeout = TimeSpan.FromSeconds(60) };
        configure?.Invoke(options);
        return new PostgreSqlStore(source, options);
    }

    public async Task<PostgreSqlStore> ReadyAsync()
    {
        var store = Store();
        await store.InitializeAsync(default);
        return store;
    }

    /// <summary>Runs SQL; {0} stands for the quoted schema.</summary>
    public async Task<object?> SqlAsync(string text)
    {
        await using var command = Cluster.Source.CreateCommand(text.Replace("{0}", Quoted, StringComparison.Ordinal));
        command.CommandTimeout = 300;
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync() => await SqlAsync("drop schema if exists {0} cascade");
}
