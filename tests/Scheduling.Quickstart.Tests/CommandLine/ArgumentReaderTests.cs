using NodaTime;
using NodaTime.Text;
using Quickstart.CommandLine;

namespace Quickstart.Tests.CommandLine;

public class ArgumentReaderTests
{
    private static readonly Instant Wednesday = Instant.FromUtc(2026, 3, 4, 15, 30);

    [Fact]
    public void Read_OfNothing_GivesTheDefaults()
    {
        var (arguments, problems) = ArgumentReader.Read([]);
        Assert.Empty(problems);
        Assert.Equal((1_440, (TimeSpan?)null, false, false), (arguments.Speed, arguments.For, arguments.Plain, arguments.Help));
    }

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("2h", 7_200)]
    [InlineData("168h", 604_800)]
    public void Read_OfFor_IsRealTime(string text, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Right("--for", text).For);
        Assert.Equal(TimeSpan.FromSeconds(seconds), Right("--for=" + text).For);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("10080", 10_080)]
    public void Read_OfSpeed_IsANumber(string text, int speed) => Assert.Equal(speed, Right("--speed", text).Speed);

    [Theory]
    [InlineData("quickstart.db")]
    [InlineData("mine.db", "--jobs", "folder/mine.json")]
    [InlineData("a.sqlite", "--store", "a.sqlite")]
    [InlineData("a.sqlite", "--store=a.sqlite", "--jobs=mine.json")]
    [InlineData(null, "--store", "memory")]
    public void StorePath_AsGivenOrNot_IsAFileForEachFileOfJobs(string? path, params string[] args) => Assert.Equal(path, Right(args).StorePath);

    [Fact]
    public void Read_OfEverything_TakesAnyOrder()
    {
        var arguments = Right("--plain", "--jobs", "mine.json", "--speed=60", "--for", "1m", "--start", "now");
        Assert.Equal((true, "mine.json", 60, TimeSpan.FromMinutes(1), true), (arguments.Plain, arguments.JobsPath, arguments.Speed, arguments.For!.Value, arguments.StartsNow));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Read_OfHelp_AsksForIt(string text) => Assert.True(Right(text).Help);

    [Theory]
    [InlineData("Unknown option '--sped'.", "--sped=3")]
    [InlineData("Unknown option 'jobs.json'.", "jobs.json")]
    [InlineData("Unknown option '--Speed'.", "--Speed=3")]
    [InlineData("--speed needs a value.", "--speed")]
    [InlineData("--speed needs a value.", "--speed", "--plain")]
    [InlineData("--plain takes no value.", "--plain=yes")]
    [InlineData("--speed is given twice.", "--speed=1", "--speed=2")]
    [InlineData("--speed is '0': give a whole number from 1 (real time) to 10080 (a week a minute).", "--speed=0")]
    [InlineData("--speed is '10081': give a whole number from 1 (real time) to 10080 (a week a minute).", "--speed=10081")]
    [InlineData("--speed is '1.5': give a whole number from 1 (real time) to 10080 (a week a minute).", "--speed=1.5")]
    [InlineData("--speed is '': give a whole number from 1 (real time) to 10080 (a week a minute).", "--speed=")]
    [InlineData("--for is '30': give a whole number of seconds, minutes or hours, such as 30s, 5m or 2h, at most 7 days.", "--for=30")]
    [InlineData("--for is '0s': give a whole number of seconds, minutes or hours, such as 30s, 5m or 2h, at most 7 days.", "--for=0s")]
    [InlineData("--for is '-1s': give a whole number of seconds, minutes or hours, such as 30s, 5m or 2h, at most 7 days.", "--for=-1s")]
    [InlineData("--for is '169h': give a whole number of seconds, minutes or hours, such as 30s, 5m or 2h, at most 7 days.", "--for=169h")]
    [InlineData("--for is 's': give a whole number of seconds, minutes or hours, such as 30s, 5m or 2h, at most 7 days.", "--for=s")]
    [InlineData("--store is empty: give a file, or memory.", "--store=")]
    [InlineData("--start is 'tomorrow': give now, a date such as 2026-03-01, or a time in UTC such as 2026-03-01T18:00Z, from 1970 to 2900.", "--start=tomorrow")]
    [InlineData("--start is '1969-12-31': give now, a date such as 2026-03-01, or a time in UTC such as 2026-03-01T18:00Z, from 1970 to 2900.", "--start=1969-12-31")]
    public void Read_OfAMistake_NamesIt(string problem, params string[] args) => Assert.Equal([problem], ArgumentReader.Read(args).Problems);

    [Fact]
    public void Read_OfSeveralMistakes_NamesAll() => Assert.Equal(3, ArgumentReader.Read(["--sped", "--for=1", "--speed=x"]).Problems.Count);

    [Theory]
    [InlineData("2026-03-01", "2026-03-01T00:00:00Z")]
    [InlineData("2026-03-01T18:05Z", "2026-03-01T18:05:00Z")]
    [InlineData("2026-03-01T18:05:09Z", "2026-03-01T18:05:09Z")]
    [InlineData("now", "2026-03-04T15:30:00Z")]
    public void StartFrom_AsGiven_IsThat(string text, string expected) => Assert.Equal(At(expected), Right("--start", text).StartFrom(Wednesday));

    [Fact]
    public void StartFrom_ByDefault_IsSaturdayEvening() => Assert.Equal(At("2026-03-07T18:00:00Z"), Right().StartFrom(Wednesday));

    [Fact]
    public void StartFrom_InRealTime_IsNow() => Assert.Equal(Wednesday, Right("--speed=1").StartFrom(Wednesday));

    private static Instant At(string text) => InstantPattern.General.Parse(text).Value;

    private static Arguments Right(params string[] args)
    {
        var (arguments, problems) = ArgumentReader.Read(args);
        Assert.Empty(problems);
        return arguments;
    }
}
