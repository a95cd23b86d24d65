using System.Globalization;
using Scheduling.Cron;

namespace Scheduling.Core.Tests.Cron;

/// <summary>The short way for a star or a number alone reads what the long way reads, and nothing else.</summary>
public class CronLoneFieldTests
{
    public static TheoryData<CronField> EveryField => new(Enum.GetValues<CronField>());

    [Theory]
    [MemberData(nameof(EveryField))]
    public void TryRead_StarOrNumberAlone_ReadsWhatTheLongWayReads(CronField field)
    {
        var values = CronFieldRange.Max(field) - CronFieldRange.Min(field) + 1;
        var expected = new List<string> { "*", "?" };
        expected.AddRange(Texts().Where(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= CronFieldRange.Min(field) && value <= CronFieldRange.Max(field)));
        Assert.True(expected.Count >= values + 2);

        var taken = new List<string>();
        foreach (var text in Texts())
        {
            var flags = CronFlags.None;
            var at = 1;
            if (!CronLoneField.TryRead(("," + text).AsSpan(), ref at, field, ref flags, out var bits))
            {
                Assert.Equal((1, CronFlags.None), (at, flags));
                continue;
            }

            var slow = default(CronFields);
            var reading = new CronText("," + text);
            Assert.Equal(text.Length + 1, at);
            Assert.Equal(at, CronItems.ReadField(ref reading, 1, field, 0, ref slow, out var slowBits));
            Assert.Equal((Distinct(field, slowBits), slow.Flags), (Distinct(field, bits), flags));
            taken.Add(text);
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), taken.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("5 1", true)]
    [InlineData("5\t1", true)]
    [InlineData("* 1", true)]
    [InlineData("?\t1", true)]
    [InlineData("12 1", true)]
    [InlineData("5,1", false)]
    [InlineData("5-7", false)]
    [InlineData("*/2", false)]
    [InlineData("12/2", false)]
    [InlineData("5\n", false)]
    [InlineData("5\0", false)]
    [InlineData("123", false)]
    [InlineData("H", false)]
    [InlineData("L", false)]
    [InlineData("5W", false)]
    [InlineData("**", false)]
    [InlineData(" 5", false)]
    [InlineData("", false)]
    public void TryRead_WhatFollows_DecidesWhetherItIsAlone(string text, bool alone)
    {
        var flags = CronFlags.None;
        var at = 0;

        Assert.Equal(alone, CronLoneField.TryRead(text, ref at, CronField.DayOfMonth, ref flags, out _));
        Assert.Equal(alone, at > 0);
    }

    // 7 is Sunday once more.
    private static ulong Distinct(CronField field, ulong bits) =>
        field == CronField.DayOfWeek ? (bits | (bits >> CronFieldRange.SecondSunday)) & CronFields.AllWeekdays : bits;

    private static IEnumerable<string> Texts() =>
        Enumerable.Range(0, 130).Select(n => $"{n}").Concat(Enumerable.Range(0, 10).Select(n => $"0{n}")).Concat(["*", "?", "", "+5", "-5", "1.", "x", "\u0661", "\uFF11", "**", "*5", "5*"]);
}
