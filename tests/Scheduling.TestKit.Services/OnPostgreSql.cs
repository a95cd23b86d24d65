using NodaTime;
using Scheduling.Hosting;
using Scheduling.PostgreSql;

namespace Scheduling.TestKit.Services;

/// <summary>The PostgreSQL store: a schema of the test's own in the server of its assembly.</summary>
public sealed class OnPostgreSql : IServiceStore
{
    private readonly string _schema = ServiceCluster.NewSchema();

    public void AddTo(SchedulingBuilder scheduling, ManualTimeProvider time) => scheduling.UseStore(nameof(OnPostgreSql), _ => new PostgreSqlStore(
        ServiceCluster.Source,
        new PostgreSqlStoreOptions { Schema = _schema, CommandTimeout = TimeSpan.FromSeconds(60), UseNotifications = false },
        () => Instant.FromDateTimeOffset(time.GetUtcNow()),
        ownsSource: false));

    public async ValueTask DisposeAsync()
    {
        await using var drop = ServiceCluster.Source.CreateCommand($"drop schema if exists \"{_schema}\" cascade");
        await drop.ExecuteNonQueryAsync();
    }
}
