namespace Quickstart.Work;

/// <summary>What a job of <see cref="ExecutorKeys.Report"/> hands over.</summary>
internal sealed record ReportRequest
{
    /// <summary>What stands on its first page.</summary>
    public required string Title { get; init; }

    /// <summary>How many sections it has; each takes five minutes.</summary>
    public required int Sections { get; init; }
}
