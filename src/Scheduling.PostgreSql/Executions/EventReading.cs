using Scheduling.PostgreSql.Connections;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Executions;

/// <summary>Reads what executions reported.</summary>
internal static class EventReading
{
    public static async Task<IReadOnlyList<RunEvent>?> ListAsync(StoreTransaction transaction, ListRunEventsRequest request, CancellationToken ct)
    {
        if (await ExecutionReading.GetAsync(transaction, request.Tenant, request.Execution, ct).ConfigureAwait(false) is null)
            return null;
        var events = new List<RunEvent>();
        var batch = transaction.Batch().Add("list_events", Param.Uuid(request.Execution.Value), Param.Int(request.After), Param.Int(request.Size));
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                events.Add(Read(reader.Row));
        }
        return events;
    }

    private static RunEvent Read(ColumnReader columns) => new()
    {
        Number = columns.Int(),
        At = columns.Time(),
        Attempt = columns.Int(),
        Level = (RunEventLevel)columns.Short(),
        Name = columns.Text(),
        Text = columns.TextOrNull(),
    };
}
