namespace Scheduling.Sqlite;

/// <summary>What executions reported. Needs an open transaction.</summary>
internal static class EventTable
{
    public static void Add(Connection connection, ExecutionId execution, RunEvent reported) => connection.Query("events_insert")
        .Bind(execution.Value).Bind((long)reported.Number).Bind(reported.At).Bind((long)reported.Attempt).Bind((long)reported.Level).Bind(reported.Name).Bind(reported.Text)
        .Run();

    public static void Clear(Connection connection, ExecutionId execution) => connection.Query("events_clear").Bind(execution.Value).Run();

    public static IReadOnlyList<RunEvent> List(Connection connection, ExecutionId execution, int after, int size)
    {
        var query = connection.Query("events_list").Bind(execution.Value).Bind((long)after).Bind((long)size);
        var page = new List<RunEvent>();
        while (query.Read())
        {
            page.Add(new RunEvent
            {
                Number = query.NextInt(),
                At = query.NextInstant(),
                Attempt = query.NextInt(),
                Level = (RunEventLevel)query.NextLong(),
                Name = query.NextText(),
                Text = query.NextTextOrNull(),
            });
        }
        return page;
    }
}
