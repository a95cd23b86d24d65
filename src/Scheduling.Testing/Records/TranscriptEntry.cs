using System.Runtime.InteropServices;
using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Testing;

/// <summary>One line of a transcript before it is written as text: most are never read.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TranscriptEntry(Instant At, string Node, TranscriptEvent Event, object? Subject, object? Detail)
{
    /// <summary>The job it is about; null for none.</summary>
    public JobId? JobId => Subject switch
    {
        ClaimedRun run => run.JobId,
        JobId id => id,
        _ => null,
    };
}
