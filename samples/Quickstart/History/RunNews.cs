using NodaTime;
using Scheduling;

namespace Quickstart.History;

/// <summary>A history row that is new since the last look, or a row of skipped slots that has grown.</summary>
internal sealed record RunNews(Job Job, Execution Row, RunTotals Change)
{
    public Instant At => Row.EndedAt ?? Row.CreatedAt;
}
