using System.Text;
using NodaTime.Text;
using Scheduling;

namespace ScheduledJobsService.Api;

/// <summary>A run's log as text: what it reported, line by line, and how it ended.</summary>
internal static class RunLog
{
    public static string TextOf(Execution run, IReadOnlyList<RunEvent> events)
    {
        var log = new StringBuilder();
        foreach (var line in events)
            Append(log, InstantPattern.ExtendedIso.Format(line.At), line.Level.ToString(), line.Name, line.Text);
        Append(log, run.EndedAt is { } ended ? InstantPattern.ExtendedIso.Format(ended) : "", run.Status.ToString(), run.Error?.Message ?? run.Message);
        return log.ToString();
    }

    // A line break in a text would look like a line of its own.
    private static void Append(StringBuilder log, params ReadOnlySpan<string?> words)
    {
        foreach (var word in words)
        {
            if (!string.IsNullOrEmpty(word))
                log.Append(word.ReplaceLineEndings(" ")).Append(' ');
        }
        log[^1] = '\n';
    }
}
