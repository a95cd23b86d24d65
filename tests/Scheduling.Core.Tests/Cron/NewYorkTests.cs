namespace Scheduling.Core.Tests.Cron;

/// <summary>America/New_York: 02:00 to 03:00 skipped on 2017-03-12, 01:00 to 02:00 repeated on 2017-11-05.</summary>
public class NewYorkTests
{
    [Theory]
    [InlineData("30 2 * * *", "2017-03-11 12:00-05", "2017-03-12 03:00-04", "2017-03-13 02:30-04")]
    [InlineData("0,20,40 2 * * *", "2017-03-11 12:00-05", "2017-03-12 03:00-04", "2017-03-13 02:00-04")]
    [InlineData("30 * * * *", "2017-03-12 01:00-05", "2017-03-12 01:30-05", "2017-03-12 03:00-04", "2017-03-12 03:30-04")]
    [InlineData("*/15 * * * *", "2017-03-12 01:30-05", "2017-03-12 01:45-05", "2017-03-12 03:00-04", "2017-03-12 03:15-04")]
    [InlineData("30 1 * * *", "2017-11-04 12:00-04", "2017-11-05 01:30-04", "2017-11-06 01:30-05")]
    [InlineData("30 1 * * *", "2017-11-05 01:10-05", "2017-11-06 01:30-05")]
    [InlineData("*/30 * * * *", "2017-11-05 00:45-04", "2017-11-05 01:00-04", "2017-11-05 01:30-04", "2017-11-05 01:00-05", "2017-11-05 01:30-05", "2017-11-05 02:00-05")]
    [InlineData("0 */2 * * *", "2017-11-04 23:30-04", "2017-11-05 00:00-04", "2017-11-05 02:00-05")]
    public void Next_OnDaysWhenTheClockChanges_FollowsTheRules(string expression, string from, params string[] expected) =>
        OccurrenceRow.Check("America/New_York", expression, from, expected);
}
