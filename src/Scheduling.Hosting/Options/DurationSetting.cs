using System.Globalization;

namespace Scheduling.Hosting;

/// <summary>A setting that is a duration.</summary>
internal sealed class DurationSetting(string name, Func<SchedulingOptions, TimeSpan> get, Action<SchedulingOptions, TimeSpan> set, TimeSpan least, TimeSpan most) : Setting(name)
{
    public override string Allowed => AllowedFrom(least, most);

    public override string Default => Text(get(new SchedulingOptions()));

    public static string AllowedFrom(TimeSpan least, TimeSpan most) => $"a duration from {Text(least)} to {Text(most)}, written [d.]hh:mm:ss";

    // TimeSpan reads a bare number as days, which nobody who writes "30" means.
    public static bool TryRead(string text, out TimeSpan value)
    {
        value = default;
        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }

    public override string? Read(SchedulingOptions options, string path, string text)
    {
        if (!TryRead(text, out var value))
            return Problem(path, text);
        set(options, value);
        return null;
    }

    public override string? Check(SchedulingOptions options, string path)
    {
        var value = get(options);
        return value < least || value > most ? Problem(path, Text(value)) : null;
    }

    private static string Text(TimeSpan value) => value.ToString("c", CultureInfo.InvariantCulture);
}
