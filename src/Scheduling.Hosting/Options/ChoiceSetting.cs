namespace Scheduling.Hosting;

/// <summary>A setting that is one of a few names.</summary>
internal sealed class ChoiceSetting<T>(string name, Func<SchedulingOptions, T> get, Action<SchedulingOptions, T> set) : Setting(name)
    where T : struct, Enum
{
    public override string Allowed => string.Join(" or ", Enum.GetNames<T>());

    public override string Default => get(new SchedulingOptions()).ToString();

    public override string? Read(SchedulingOptions options, string path, string text)
    {
        // Enum.TryParse takes numbers and lists too; only a name is a name.
        if (Array.FindIndex(Enum.GetNames<T>(), known => string.Equals(known, text, StringComparison.OrdinalIgnoreCase)) is var index && index < 0)
            return Problem(path, text);
        set(options, Enum.GetValues<T>()[index]);
        return null;
    }

    public override string? Check(SchedulingOptions options, string path) =>
        Enum.IsDefined(get(options)) ? null : Problem(path, get(options).ToString());
}
