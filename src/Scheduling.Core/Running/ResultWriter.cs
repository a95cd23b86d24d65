using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>Writes the results of ended runs, alone or along with a claim. Whatever happens to a call, the results it carried are either heard or wait on. Several calls may carry results at once; all else is the tick's alone.</summary>
internal sealed class ResultWriter(OwnerId owner, StoreCalls store, RunTable table, IEngineEvents events)
{
    /// <summary>Writes what has ended.</summary>
    /// <returns>How many results were written.</returns>
    public async ValueTask<int> WriteAsync(CancellationToken ct)
    {
        var batch = table.Places.TakeUnsettled();
        if (batch.Count == 0)
            return 0;
        var settled = batch.Count;
        var request = new SettleRequest { Owner = owner, Settlements = batch };
        var response = await CarryAsync(batch, store.SettleAsync(request, ct)).ConfigureAwait(false);
        Hear(batch, response.Outcomes);
        return settled;
    }

    /// <summary>Waits for a call that carries results; when it fails they wait on.</summary>
    public async ValueTask<T> CarryAsync<T>(List<Settlement> batch, ValueTask<T> call)
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch
        {
            table.Places.NotWritten(batch);
            throw;
        }
    }

    /// <summary>The store answered: the results are out of hand, the refused ones too.</summary>
    public void Hear(List<Settlement> batch, IReadOnlyList<SettlementOutcome> outcomes)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (outcomes[i] == SettlementOutcome.LeaseLost && table.Find(batch[i].Id) is { } run && run.Claim.Token == batch[i].Token)
                events.LeaseLost(run.Claim);
        }
        table.Forget(batch);
        try
        {
            if (batch.Count > 0)
                events.Settled(batch, outcomes);
        }
        finally
        {
            table.Places.Written(batch);
        }
    }
}
