namespace Quickstart.Work;

/// <summary>The names under which jobs ask for work. They are stored with the jobs; the classes behind them may be renamed at will.</summary>
internal static class ExecutorKeys
{
    public const string Sync = "integration.sync";
    public const string Report = "report.build";
    public const string Push = "export.push";
    public const string Cleanup = "cleanup";

    public static readonly IReadOnlyList<string> All = [Sync, Report, Push, Cleanup];
}
