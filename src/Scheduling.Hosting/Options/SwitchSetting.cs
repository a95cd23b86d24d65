namespace Scheduling.Hosting;

/// <summary>A setting that is on or off.</summary>
internal sealed class SwitchSetting(string name, Func<SchedulingOptions, bool> get, Action<SchedulingOptions, bool> set) : Setting(name)
{
    public override string Allowed => "true or false";

    public override string Default => get(new SchedulingOptions()) ? "true" : "false";

    public override string? Read(SchedulingOptions options, string path, string text)
    {
        if (!bool.TryParse(text, out var value))
            return Problem(path, text);
        set(options, value);
        return null;
    }

    public override string? Check(SchedulingOptions options, string path) => null;
}
