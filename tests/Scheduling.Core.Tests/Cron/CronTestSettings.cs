using System.Globalization;
using FsCheck;

namespace Scheduling.Core.Tests.Cron;

/// <summary>What the environment says about the random tests: their length, and a seed to run one again.</summary>
internal static class CronTestSettings
{
    private static readonly int? Seed = Read("SCHEDULING_SEED");

    /// <summary>Cases of one property; <c>SCHEDULING_LONG_CASES</c>, default 120.</summary>
    public static int Cases { get; } = Read("SCHEDULING_LONG_CASES") ?? 120;

    /// <summary>Random texts; <c>SCHEDULING_LONG_FUZZ</c>, default 50,000.</summary>
    public static int FuzzTexts { get; } = Read("SCHEDULING_LONG_FUZZ") ?? 50_000;

    /// <summary><c>SCHEDULING_SEED</c>, else another one in each run.</summary>
    public static int FuzzSeed { get; } = Seed ?? Environment.TickCount;

    /// <summary>FsCheck's settings for a number of cases, from <c>SCHEDULING_SEED</c> when there is one. FsCheck prints the seed of a failure.</summary>
    public static Config Properties(int cases)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(cases);
        return Seed is { } seed ? config.WithReplay(new Replay(new Rnd((ulong)(uint)seed), null)) : config;
    }

    private static int? Read(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}
