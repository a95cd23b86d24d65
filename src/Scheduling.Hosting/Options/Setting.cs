namespace Scheduling.Hosting;

/// <summary>One setting: how it is read from text and what it may be. Problems are sentences that say what was given and what is allowed.</summary>
internal abstract class Setting(string name)
{
    /// <summary>The name of the option and of its configuration key.</summary>
    public string Name => name;

    /// <summary>What is allowed, for messages and for the table in the guide.</summary>
    public abstract string Allowed { get; }

    /// <summary>The default, as configuration would write it.</summary>
    public abstract string Default { get; }

    /// <summary>Reads the setting from the text of a configuration; null when that worked.</summary>
    public abstract string? Read(SchedulingOptions options, string path, string text);

    /// <summary>Checks the value; null when it is fine.</summary>
    public abstract string? Check(SchedulingOptions options, string path);

    /// <summary>A problem sentence; long text is cut, so that a message stays one line.</summary>
    protected string Problem(string path, string given) => $"{path} is '{Shown(given)}': give {Allowed}.";

    /// <summary>What was given, cut, without control characters.</summary>
    internal static string Shown(string given)
    {
        var cut = given.Length <= 60 ? given : string.Concat(given.AsSpan(0, 60), "…");
        return string.Create(cut.Length, cut, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(text[i]) ? '·' : text[i];
        });
    }
}
