using System.Text.Json;
using Npgsql;
using Scheduling.TestKit.Postgres;

namespace Scheduling.PostgreSql.Tests.Plans;

/// <summary>A server that writes down, for connections of <see cref="Source"/>, how it carried out every statement: the real ones, with their real parameters and counts.</summary>
public sealed class ExplainedServer : IDisposable
{
    private const string Explaining = "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on -c auto_explain.log_timing=off "
        + "-c auto_explain.log_verbose=on -c auto_explain.log_format=json";

    private readonly PostgresCluster _cluster = PostgresCluster.Start(isDurable: false, "synchronous_commit=off", "autovacuum=off", "max_wal_size=4GB", "work_mem=4MB");

    public ExplainedServer()
    {
        Plain = NpgsqlDataSource.Create(_cluster.ConnectionString + ";Command Timeout=600");
        Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_cluster.ConnectionString) { Options = Explaining }.ConnectionString);
    }

    /// <summary>Connections of which nothing is written down.</summary>
    public NpgsqlDataSource Plain { get; }

    public NpgsqlDataSource Source { get; }

    /// <summary>What was written down since a place in the log.</summary>
    public (IReadOnlyList<StatementPlan> Plans, int End) PlansSince(int start)
    {
        var lines = _cluster.Log().Split('\n');
        var plans = new List<StatementPlan>();
        for (var at = start; at < lines.Length; at++)
        {
            if (!lines[at].EndsWith("plan:", StringComparison.Ordinal))
                continue;
            var json = string.Concat(lines.Skip(at + 1).TakeWhile(static line => line.StartsWith('\t')));
            plans.Add(StatementPlan.Read(JsonDocument.Parse(json).RootElement));
        }
        return (plans, lines.Length);
    }

    public void Dispose()
    {
        Source.Dispose();
        Plain.Dispose();
        _cluster.Dispose();
    }
}
