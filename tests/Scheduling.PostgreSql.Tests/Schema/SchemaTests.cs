using Npgsql;

namespace Scheduling.PostgreSql.Tests.Schema;

/// <summary>Who makes the schema, and who refuses to touch it.</summary>
public sealed class SchemaTests : IAsyncDisposable
{
    private readonly TestSchema _schema = new();

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Fact]
    public async Task Initialize_FiveNodesOnAnEmptyDatabase_MakeItOnce()
    {
        for (var round = 0; round < 5; round++)
        {
            await using var schema = new TestSchema();

            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(async () => await schema.Store().InitializeAsync(default))));

            Assert.Equal(1L, await schema.SqlAsync("select count(*) from {0}.migrations"));
        }
    }

    [Fact]
    public async Task Initialize_Again_ChangesNothing()
    {
        var store = await _schema.ReadyAsync();
        var before = await FingerprintAsync();

        await store.InitializeAsync(default);

        Assert.Equal(before, await FingerprintAsync());
    }

    [Fact]
    public async Task Initialize_NewerSchema_IsRefusedAndChangesNothing()
    {
        await _schema.ReadyAsync();
        await _schema.SqlAsync("insert into {0}.migrations (version, name) values (99, 'from the future')");
        var before = await FingerprintAsync();

        var refused = await Assert.ThrowsAsync<PostgreSqlSchemaException>(async () => await _schema.Store().InitializeAsync(default));

        Assert.Equal((99, PostgreSqlSchema.Version), (refused.FoundVersion, refused.RequiredVersion));
        Assert.Contains("99", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Update this node", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await FingerprintAsync());
    }

    [Fact]
    public async Task Initialize_MissingAndMayNotMigrate_NamesTheScript()
    {
        var store = _schema.Store(static options => options.MigratesSchema = false);

        var refused = await Assert.ThrowsAsync<PostgreSqlSchemaException>(async () => await store.InitializeAsync(default));

        Assert.Null(refused.FoundVersion);
        Assert.Contains($"PostgreSqlSchema.GetScript(\"{_schema.Name}\")", refused.Message, StringComparison.Ordinal);
        Assert.Equal(false, await _schema.SqlAsync($"select exists (select from pg_namespace where nspname = '{_schema.Name}')"));
    }

    [Fact]
    public async Task Initialize_MigrationBreaksHalfway_LeavesNothing()
    {
        // A table that is in the way of one of the migration's own.
        await _schema.SqlAsync("create schema {0}; create table {0}.turns (x int)");

        await Assert.ThrowsAsync<PostgresException>(async () => await _schema.Store().InitializeAsync(default));

        Assert.Equal(1L, await _schema.SqlAsync($"select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = '{_schema.Name}' and relkind = 'r'"));
    }

    [Fact]
    public async Task Script_RunByHandTwice_IsWhatTheStoreMakes()
    {
        await using var other = new TestSchema();
        await other.ReadyAsync();

        await _schema.SqlAsync(PostgreSqlSchema.GetScript(_schema.Name));
        await _schema.SqlAsync(PostgreSqlSchema.GetScript(_schema.Name));

        await _schema.Store(static options => options.MigratesSchema = false).InitializeAsync(default);
        Assert.Equal(await FingerprintAsync(other), await FingerprintAsync());
    }

    [Fact]
    public async Task Initialize_UserWithoutRights_NamesTheRightAndTheScript()
    {
        await _schema.SqlAsync("drop role if exists nobody; create role nobody login");
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Cluster.Server.ConnectionString) { Username = "nobody" }.ConnectionString);

        var refused = await Assert.ThrowsAsync<PostgreSqlSchemaException>(async () => await _schema.Store(source).InitializeAsync(default));

        Assert.Contains("grant create on database", refused.Message, StringComparison.Ordinal);
        Assert.Contains("PostgreSqlSchema.GetScript", refused.Message, StringComparison.Ordinal);
        Assert.IsType<PostgresException>(refused.InnerException);
    }

    [Fact]
    public async Task Initialize_UserWithTheRightsOfTheMessage_Works()
    {
        await _schema.ReadyAsync();
        await _schema.SqlAsync("drop role if exists worker; create role worker login; grant usage on schema {0} to worker; grant select, insert, update, delete on all tables in schema {0} to worker");
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Cluster.Server.ConnectionString) { Username = "worker" }.ConnectionString);
        var store = _schema.Store(source);

        await store.InitializeAsync(default);

        await Smoke.RunAsync(store);
        await _schema.SqlAsync("drop owned by worker; drop role worker");
    }

    [Theory]
    [InlineData("MixedCase")]
    [InlineData("quo\"te")]
    [InlineData("sp ace; drop table jobs; --")]
    [InlineData("schéma.mit.Punkten")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890123")]
    public async Task Schema_OddName_Works(string name)
    {
        await using var schema = new TestSchema(name);

        await Smoke.RunAsync(await schema.ReadyAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    [InlineData("éééééééééééééééééééééééééééééééé")]
    [InlineData("pg_mine")]
    [InlineData("nul\0")]
    public void Schema_ImpossibleName_IsRefusedAtOnce(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => new TestSchema(name).Store());

    /// <summary>Every column and index, as text.</summary>
    private async Task<string> FingerprintAsync(TestSchema? schema = null)
    {
        schema ??= _schema;
        var columns = await schema.SqlAsync($"select string_agg(concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, collation_name), E'\\n' order by table_name, ordinal_position) from information_schema.columns where table_schema = '{schema.Name}'");
        var indexes = await schema.SqlAsync($"select string_agg(replace(indexdef, '{schema.Quoted}', ''), E'\\n' order by indexname) from pg_indexes where schemaname = '{schema.Name}'");
        var checks = await schema.SqlAsync($"select string_agg(pg_get_constraintdef(c.oid), E'\\n' order by c.conrelid::regclass::text, c.conname) from pg_constraint c join pg_namespace n on n.oid = c.connamespace where n.nspname = '{schema.Name}'");
        return $"{columns}\n{indexes}\n{checks}".Replace(schema.Quoted, "", StringComparison.Ordinal);
    }
}
