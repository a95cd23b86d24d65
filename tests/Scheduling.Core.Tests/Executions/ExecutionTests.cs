using NodaTime;
using Scheduling.Core.Tests.Planning;

namespace Scheduling.Core.Tests.Executions;

public class ExecutionTests
{
    [Theory]
    [InlineData(ExecutionStatus.Pending, 1, false, false)]
    [InlineData(ExecutionStatus.Running, 2, false, false)]
    [InlineData(ExecutionStatus.Succeeded, 3, true, true)]
    [InlineData(ExecutionStatus.CompletedWithErrors, 4, true, true)]
    [InlineData(ExecutionStatus.Failed, 5, true, false)]
    [InlineData(ExecutionStatus.TimedOut, 6, true, false)]
    [InlineData(ExecutionStatus.Cancelled, 7, true, false)]
    [InlineData(ExecutionStatus.Abandoned, 8, true, false)]
    [InlineData(ExecutionStatus.Skipped, 9, true, false)]
    [InlineData(ExecutionStatus.Missed, 10, true, false)]
    public void Status_StoredNumberAndMeaning_AreFixed(ExecutionStatus status, byte number, bool terminal, bool success)
    {
        Assert.Equal((number, terminal, success), ((byte)status, status.IsTerminal(), status.IsSuccess()));
        Assert.Equal(10, Enum.GetValues<ExecutionStatus>().Length);
    }

    [Theory]
    [InlineData(ExecutionStatus.Running, 5, 4)]
    [InlineData(ExecutionStatus.Succeeded, 1, 0)]
    [InlineData(ExecutionStatus.Skipped, 5, 0)]
    [InlineData(ExecutionStatus.Missed, 5, 0)]
    public void MissedCount_CountsEarlierSlotsOfARunOnly(ExecutionStatus status, long slots, long missed)
    {
        var execution = new Execution { Status = status, Slots = new SlotRange(March.At("04T12:00"), March.At(slots == 1 ? "04T12:00" : "04T16:00"), slots) };

        Assert.Equal((missed, execution.Slots!.Value.Last), (execution.MissedCount, execution.ScheduledFor));
        Assert.Equal((0L, null), (new Execution().MissedCount, new Execution().ScheduledFor));
    }

    [Fact]
    public void SlotRange_WrongEndsOrCount_AreRefused()
    {
        var (early, late) = (March.At("04T12:00"), March.At("04T13:00"));

        Assert.Equal("last", Assert.Throws<ArgumentOutOfRangeException>(() => new SlotRange(late, early, 1)).ParamName);
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => new SlotRange(early, late, 0)).ParamName);
        Assert.Equal(new SlotRange(early, early, 1), SlotRange.Of(early));
    }

    [Fact]
    public void Join_RangesThatFollow_CountsUpToTheLimit()
    {
        var one = new SlotRange(March.At("04T12:00"), March.At("04T14:00"), 3);
        var two = new SlotRange(March.At("04T15:00"), March.At("04T16:00"), 2);

        Assert.Equal(new SlotRange(one.First, two.Last, 5), one.Join(two));
        Assert.Equal(SlotRange.CountLimit, new SlotRange(one.First, one.Last, SlotRange.CountLimit - 1).Join(two).Count);
        Assert.Equal(0, default(SlotRange).Count);
    }

    [Fact]
    public void JobResult_DefaultAndFactories_SayWhatTheyMean()
    {
        Assert.Equal(ExecutionStatus.Succeeded, default(JobResult).Status);
        Assert.Null(default(JobResult).Message);
        Assert.Equal((ExecutionStatus.Succeeded, "done"), (JobResult.Success("done").Status, JobResult.Success("done").Message));
        Assert.Equal(ExecutionStatus.CompletedWithErrors, JobResult.CompletedWithErrors().Status);
        Assert.Equal((ExecutionStatus.Failed, "no", false), (JobResult.Failed("no").Status, JobResult.Failed("no").Message, JobResult.Failed("no").IsPermanent));
        Assert.True(JobResult.Failed("no", isPermanent: true).IsPermanent);
    }
}
