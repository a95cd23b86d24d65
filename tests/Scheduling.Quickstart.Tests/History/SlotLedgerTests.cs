using NodaTime;
using Quickstart.History;
using Scheduling;
using Scheduling.Schedules;

namespace Quickstart.Tests.History;

public class SlotLedgerTests
{
    private static readonly Instant Midnight = Instant.FromUtc(2026, 3, 1, 0, 0);

    [Theory]
    [InlineData("0-0 1-3 4-4", 5, 0, 0)]
    [InlineData("0-0 2-4", 5, 1, 0)]
    [InlineData("0-0 1-1", 5, 3, 0)]
    [InlineData("0-1 1-4", 5, 0, 1)]
    [InlineData("0-4 0-4", 5, 0, 1)]
    [InlineData("4-4", 1, 0, 0)]
    [InlineData("", 0, 0, 0)]
    public void Of_RowsOfAnHourlyJob_CountsWhatIsMissingAndWhatIsThereTwice(string rows, long due, long lost, long doubled) =>
        Assert.Equal(new SlotLedger(due, lost, doubled), SlotLedger.Of(Hourly(version: 1), Rows(rows)));

    [Fact]
    public void Of_AJobThatWasEdited_IsNotJudged() => Assert.Equal(default, SlotLedger.Of(Hourly(version: 2), Rows("0-0 2-4")));

    private static Job Hourly(long version) => new()
    {
        Tenant = new TenantId("acme"),
        Definition = new JobDefinition { Key = "k", Executor = "e", Schedule = Schedule.Interval(Duration.FromHours(1)) },
        Version = version,
        Anchor = Midnight,
        LastSlot = At(4),
    };

    private static IEnumerable<Execution> Rows(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(static range => range.Split('-').Select(static hour => int.Parse(hour, System.Globalization.CultureInfo.InvariantCulture)).ToArray())
        .Select(static hours => new Execution { Slots = new SlotRange(At(hours[0]), At(hours[1]), hours[1] - hours[0] + 1) });

    private static Instant At(int hour) => Midnight + Duration.FromHours(hour);
}
