using NodaTime;
using Quickstart.History;
using Scheduling;

namespace Quickstart.Tests.History;

public class RunTotalsTests
{
    private static readonly Instant Slot = Instant.FromUtc(2026, 3, 1, 0, 0);

    [Theory]
    [InlineData(ExecutionStatus.Pending, 1, 0, 0, 0, 0)]
    [InlineData(ExecutionStatus.Running, 1, 0, 0, 0, 0)]
    [InlineData(ExecutionStatus.Succeeded, 1, 1, 0, 0, 0)]
    [InlineData(ExecutionStatus.CompletedWithErrors, 1, 1, 0, 0, 0)]
    [InlineData(ExecutionStatus.Failed, 1, 0, 1, 0, 0)]
    [InlineData(ExecutionStatus.TimedOut, 1, 0, 1, 0, 0)]
    [InlineData(ExecutionStatus.Cancelled, 1, 0, 1, 0, 0)]
    [InlineData(ExecutionStatus.Abandoned, 1, 0, 1, 0, 0)]
    [InlineData(ExecutionStatus.Skipped, 3, 0, 0, 3, 0)]
    [InlineData(ExecutionStatus.Missed, 3, 0, 0, 0, 3)]
    [InlineData(ExecutionStatus.Succeeded, 3, 1, 0, 0, 2)]
    [InlineData(ExecutionStatus.Failed, 3, 0, 1, 0, 2)]
    public void Of_ARow_CountsEachSlotOnce(ExecutionStatus status, long slots, long succeeded, long failed, long skipped, long missed)
    {
        var row = new Execution { Status = status, Slots = new SlotRange(Slot, Slot + Duration.FromHours(slots - 1), slots) };
        Assert.Equal(new RunTotals(succeeded, failed, skipped, missed), RunTotals.Of(row));
    }

    [Fact]
    public void ToString_OfTotals_IsTheLastLine() =>
        Assert.Equal("10 runs: 1 succeeded, 2 failed, 3 skipped, 4 missed", new RunTotals(1, 2, 3, 4).ToString());
}
