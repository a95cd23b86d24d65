using System.Globalization;

namespace Scheduling.TestKit;

/// <summary>How long and how random tests are: short by default, as the environment says in a long run.</summary>
public static class TestSettings
{
    /// <summary><c>SCHEDULING_LONG_CASES</c>: how many random cases a property has in a long run; null in a short one.</summary>
    public static int? LongCases { get; } = Number("SCHEDULING_LONG_CASES");

    /// <summary><c>SCHEDULING_SEED</c>: the seed to repeat; null for a new one in each run.</summary>
    public static int? Seed { get; } = Number("SCHEDULING_SEED");

    /// <summary><c>SCHEDULING_SOAK_HOURS</c>: how many hours of virtual time a soak has; null for the usual day.</summary>
    public static int? SoakHours { get; } = Number("SCHEDULING_SOAK_HOURS");

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
