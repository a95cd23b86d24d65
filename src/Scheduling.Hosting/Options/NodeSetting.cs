namespace Scheduling.Hosting;

/// <summary>The node's label: text by the rule of all names.</summary>
internal sealed class NodeSetting() : Setting(nameof(SchedulingOptions.Node))
{
    private const int LongestName = 128;

    public override string Allowed => "1-128 characters without control characters or outer white space";

    public override string Default => "the machine's name";

    public override string? Read(SchedulingOptions options, string path, string text)
    {
        options.Node = text;
        return null;
    }

    public override string? Check(SchedulingOptions options, string path) => IsFine(options.Node) ? null : Problem(path, options.Node ?? "");

    internal static bool IsFine(string? node) =>
        node is { Length: > 0 and <= LongestName } && !node.Any(char.IsControl) && !char.IsWhiteSpace(node[0]) && !char.IsWhiteSpace(node[^1]);
}
