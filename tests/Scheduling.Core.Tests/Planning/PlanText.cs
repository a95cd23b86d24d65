using NodaTime;
using Scheduling.Planning;

namespace Scheduling.Core.Tests.Planning;

/// <summary>A plan as one line, so that a row of data can say what it expects: <c>Missed(WindowClosed) 03T00:00; Run 04T00:00; next 05T00:00</c>.</summary>
internal static class PlanText
{
    public static string Of(in DuePlan plan)
    {
        var parts = new List<string>();
        if (plan.EndsPause)
            parts.Add("EndsPause");
        parts.AddRange(plan.Gaps?.Select(gap => $"{gap.Status}({gap.Reason}) {March.Text(gap.Slots)}") ?? []);
        if (plan.Run is { } run)
            parts.Add($"{(run.Waits ? "Queue" : "Run")} {March.Text(run.Slots)}");
        parts.AddRange(plan.Chain?.Select(slots => $"Chain {March.Text(slots)}") ?? []);
        if (plan.Fault is { } fault)
            parts.Add($"Fault {fault.Reason}");
        parts.Add(Next(plan.NextSlot, plan.NextStart));
        return string.Join("; ", parts);
    }

    private static string Next(Instant? slot, Instant? start) =>
        (slot, start) switch
        {
            (null, null) => "next never",
            ({ } s, { } at) when s == at => $"next {March.Text(s)}",
            ({ } s, { } at) => $"next {March.Text(s)} at {March.Text(at)}",
            _ => "next slot and start do not belong together",
        };
}
