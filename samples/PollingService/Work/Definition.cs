namespace PollingService.Work;

/// <summary>The kinds of integrations that the service knows; each has an executor of its own.</summary>
internal static class Definition
{
    /// <summary>The kind of an instance that says none.</summary>
    public const string Default = "generic";

    private const string Prefix = "integration.";

    public static IReadOnlyList<string> All { get; } = [Default, "github", "okta"];

    public static string ExecutorOf(string definition) => Prefix + definition;

    public static string OfExecutor(string executor) => executor.StartsWith(Prefix, StringComparison.Ordinal) ? executor[Prefix.Length..] : executor;
}
