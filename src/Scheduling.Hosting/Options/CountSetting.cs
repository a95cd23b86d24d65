using System.Globalization;

namespace Scheduling.Hosting;

/// <summary>A setting that is a whole number.</summary>
internal sealed class CountSetting(string name, Func<SchedulingOptions, int> get, Action<SchedulingOptions, int> set, int least, int most) : Setting(name)
{
    public override string Allowed => AllowedFrom(least, most);

    public override string Default => Text(get(new SchedulingOptions()));

    public static string AllowedFrom(int least, int most) => string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");

    public override string? Read(SchedulingOptions options, string path, string text)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return Problem(path, text);
        set(options, value);
        return null;
    }

    public override string? Check(SchedulingOptions options, string path)
    {
        var value = get(options);
        return value < least || value > most ? Problem(path, Text(value)) : null;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
