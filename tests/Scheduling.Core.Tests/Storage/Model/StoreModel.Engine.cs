using NodaTime;
using Scheduling.Conformance;
using Scheduling.Policies;
using Scheduling.Storage;

namespace Scheduling.Core.Tests.Storage.Model;

/// <content>What processes do.</content>
internal sealed partial class StoreModel
{
    private const int PoisonousStarts = 3;

    private async Task<int> ClaimAsync(TestProcess process, int free)
    {
        var claim = await process.ClaimAsync(free);
        _leases[process.Owner] = Now + TestProcess.Lease;
        Assert.Equal((Now, Now + TestProcess.Lease), (claim.StoreNow, claim.LeaseUntil));
        Assert.True(claim.Runs.Count <= free);
        foreach (var run in claim.Runs)
            Start(run, process);
        Assert.All(claim.Gaps, gap => Assert.True(IsDue(gap.Gap.Slots.Last), $"{gap} at {Now}"));
        if (claim is { HasMore: false, LacksPlaces: false })
            await AssertNothingDueIsLeftAsync();
        return claim.Runs.Count;
    }

    private void Start(ClaimedRun claimed, TestProcess process)
    {
        var job = Assert.Single(_jobs, job => job.Id == claimed.JobId);
        if (!_runs.TryGetValue(claimed.Id, out var run))
        {
            Assert.Equal(ExecutionTrigger.Schedule, claimed.Trigger);
            Assert.False(job.IsPaused, "A paused job starts nothing new.");
            _runs[claimed.Id] = run = new ModelRun(job);
        }
        else
        {
            Assert.Equal(ExecutionStatus.Pending, run.Status);
            Holds(job.Rows[claimed.Id].ReadyAt <= Now, $"Started before it was ready: {job.Rows[claimed.Id]}");
        }
        Holds(claimed.DueAt <= Now, $"Early: {claimed.DueAt} at {Now}.");
        Assert.Equal(run.Attempt + 1, claimed.Attempt);
        Holds(claimed.Token > job.HighestToken, $"Token {claimed.Token} after {job.HighestToken}.");
        job.HighestToken = claimed.Token;
        (run.Status, run.Attempt, run.Token, run.Owner) = (ExecutionStatus.Running, claimed.Attempt, claimed.Token, process.Owner);
        run.LostStarts++;
    }

    private async Task SettleAsync(TestProcess process, int how)
    {
        if (process.Held.Count == 0)
            return;
        var claimed = process.Held.OrderBy(static run => run.Id).ElementAt(how % process.Held.Count);
        var settlement = (how / 10) switch
        {
            0 => Result.Retry(claimed, Duration.FromSeconds(how)),
            1 => Result.HandBack(claimed, hadBegun: true),
            2 => Result.HandBack(claimed, hadBegun: false),
            3 => Result.Failed(claimed),
            _ => Result.Of(claimed),
        };
        var run = _runs[claimed.Id];
        var isMine = run.HasToken(claimed.Token);
        Assert.Equal(isMine ? SettlementOutcome.Accepted : SettlementOutcome.LeaseLost, await process.SettleAsync(settlement));
        if (isMine)
            Settled(run, settlement);
        if (!run.IsJobDeleted)
            Assert.Equal(isMine ? SettlementOutcome.Repeated : SettlementOutcome.LeaseLost, await process.SettleAsync(settlement));
    }

    private static void Settled(ModelRun run, Settlement settlement)
    {
        if (settlement.Kind == SettlementKind.End)
        {
            run.Status = settlement.Status;
            return;
        }
        run.LostStarts = settlement.Kind == SettlementKind.HandBack ? run.LostStarts - 1 : 0;
        if (settlement is { Kind: SettlementKind.HandBack, HadBegun: false })
            run.Attempt--;
        run.GoBack();
    }

    private async Task RenewAsync(TestProcess process)
    {
        var lost = process.Held.Where(held => !_runs[held.Id].HasToken(held.Token)).Select(static held => new HeldRun(held.Id, held.Token)).ToHashSet();
        var cancelled = process.Held.Where(held => _runs[held.Id].HasToken(held.Token) && _runs[held.Id].IsCancelRequested).Select(static held => held.Id).ToHashSet();
        var renewed = await process.RenewAsync();
        _leases[process.Owner] = Now + TestProcess.Lease;
        Assert.Equal(lost, renewed.Lost.ToHashSet());
        Assert.Equal(cancelled, renewed.CancelRequested.Select(static notice => notice.Id).ToHashSet());
        Assert.Equal(0, renewed.Strays);
    }

    private async Task SweepAsync(TestProcess process)
    {
        var lost = _runs.Values.Where(run => run.Status == ExecutionStatus.Running && run.Owner != process.Owner && _leases[run.Owner!.Value] <= Now).ToList();
        var sweep = await process.SweepAsync(process.Sweeping() with { ParkAfter = Duration.FromDays(365) });
        Assert.Equal(lost.Count, sweep.Reclaimed + sweep.Abandoned);
        foreach (var run in lost)
        {
            if (run.LostStarts >= PoisonousStarts)
                run.Status = ExecutionStatus.Abandoned;
            else
                run.GoBack();
        }
    }

    /// <summary>Nothing that is due is left by a claim that had places, but what a limit holds.</summary>
    private async Task AssertNothingDueIsLeftAsync()
    {
        await ObserveAsync();
        foreach (var job in _jobs)
        {
            var isHeld = job.Tenant == B && Running(B) >= LimitOfB;
            Holds(isHeld || job.IsPaused || !IsDue(Instant.FromUnixTimeSeconds(job.Next)), $"A slot of {job.Key} is left at {Now}.");
            Holds(isHeld || !job.Rows.Values.Any(row => row.Status == ExecutionStatus.Pending && row.ReadyAt <= Now), $"A pending run of {job.Key} is left at {Now}.");
        }
    }

    /// <summary>Every process is gone; one takes over, and in the end everything is answered for and nothing is open.</summary>
    private async Task DrainAsync()
    {
        foreach (var job in _jobs)
            await EditAsync(job, new ModelCommand(ModelAction.Resume, 0, 0));
        var last = NewProcess();
        _clock.Advance(TestProcess.Lease.ToTimeSpan());
        for (var round = 0; round < 12; round++)
        {
            await SweepAsync(last);
            await ObserveAsync();
            while (await ClaimAsync(last, 1_000) > 0)
            {
                await ObserveAsync();
                foreach (var held in last.Held.ToList())
                {
                    await last.SucceedAsync(held);
                    _runs[held.Id].Status = ExecutionStatus.Succeeded;
                }
                await ObserveAsync();
            }
            await ObserveAsync();
            if (round < 11)
                _clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.All(_runs.Values, static run => Assert.True(run.Status.IsTerminal(), "An execution is still open."));
        Assert.All(_jobs, job => Assert.False(IsDue(Instant.FromUnixTimeSeconds(job.Next))));
    }

    private bool IsDue(Instant slot) => slot <= Now;

    private int Running(TenantId tenant) => _runs.Values.Count(run => run.Status == ExecutionStatus.Running && run.Job.Tenant == tenant);
}
