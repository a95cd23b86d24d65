using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Rows;

namespace Scheduling.PostgreSql.Claims;

/// <summary>Takes parked jobs up again when a process has their executor.</summary>
internal sealed class ParkedJobs(Database database)
{
    private const int BatchSize = 500;

    /// <summary>Takes up what is parked for these executors.</summary>
    public async ValueTask TakeUpAsync(IReadOnlyCollection<string> executors, CancellationToken ct)
    {
        while (await database.RunAsync((transaction, token) => TakeUpSomeAsync(transaction, executors, token), ct).ConfigureAwait(false) == BatchSize)
        {
        }
    }

    /// <summary>Takes up some of them, in one transaction.</summary>
    /// <returns>How many were found.</returns>
    public static async Task<int> TakeUpSomeAsync(StoreTransaction transaction, IReadOnlyCollection<string> executors, CancellationToken ct)
    {
        var found = await JobMoves.FindAsync(transaction.Batch().Add("find_parked", Param.Texts(executors), Param.Int(BatchSize)), ct).ConfigureAwait(false);
        if (found.Count == 0)
            return 0;
        await JobMoves.RunAsync(
            transaction,
            found,
            (slices, _) =>
            {
                foreach (var slice in slices.Where(static slice => slice.Due.Fault?.Reason == JobFaultReason.NoExecutor))
                    slice.Unpark();
                return Task.CompletedTask;
            },
            ct).ConfigureAwait(false);
        return found.Count;
    }
}
