using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Scheduling.Planning;
using Scheduling.Storage;

namespace Scheduling.Testing;

/// <summary>Writes lines of a transcript for people.</summary>
internal static class TranscriptText
{
    private static readonly InstantPattern Time = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss.fff");

    public static string Of(Instant at) => InstantPattern.General.Format(at);

    public static string Line(in TranscriptEntry entry, Func<JobId, string> nameOf) =>
        string.Create(CultureInfo.InvariantCulture, $"{Time.Format(entry.At)}  {entry.Node,-8}  {What(entry, nameOf)}");

    private static string What(in TranscriptEntry entry, Func<JobId, string> nameOf) => entry.Event switch
    {
        TranscriptEvent.Start => Started((ClaimedRun)entry.Subject!),
        TranscriptEvent.End => Ended((ClaimedRun)entry.Subject!, (Settlement)entry.Detail!),
        TranscriptEvent.Detached => $"goes on   {Name((ClaimedRun)entry.Subject!)} after its grace; settled without it",
        TranscriptEvent.LeaseLost => $"lost      {Name((ClaimedRun)entry.Subject!)}: the lease is over or another's",
        TranscriptEvent.Gap => Passed(nameOf((JobId)entry.Subject!), (SlotGap)entry.Detail!),
        TranscriptEvent.Fault => $"faulted   {nameOf((JobId)entry.Subject!)}: {((JobFault)entry.Detail!).Message}",
        TranscriptEvent.State => entry.Detail is Exception cause ? $"{entry.Subject}: {cause.Message}" : $"{entry.Subject}",
        TranscriptEvent.Sweep => Swept((SweepResponse)entry.Subject!),
        _ => $"{entry.Subject}",
    };

    private static string Name(ClaimedRun run) => $"{run.Tenant}/{run.Definition.Key}";

    private static string Started(ClaimedRun run) => string.Create(
        CultureInfo.InvariantCulture,
        $"started   {Name(run)} {(run.Slots is { } slots ? $"for {Of(slots.Last)}" : "by hand")}, attempt {run.Attempt}, token {run.Token}{(run.Slots is { Count: > 1 } late ? $", {late.Count - 1} missed before" : "")}");

    private static string Ended(ClaimedRun run, Settlement result) => result.Kind switch
    {
        SettlementKind.Retry => $"failed    {Name(run)}: {result.Error?.Message ?? result.Message}; retried after {result.RetryAfter}",
        SettlementKind.HandBack => $"gave back {Name(run)}",
        _ => $"ended     {Name(run)} {result.Status}{(result.Reason == ExecutionReason.None ? "" : $" ({result.Reason})")}{Said(result)}",
    };

    private static string Said(Settlement result) => (result.Error?.Message ?? result.Message) is { } text ? $": {text}" : "";

    private static string Passed(string job, SlotGap gap) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(gap.Status == ExecutionStatus.Skipped ? "skipped " : "missed  ")}  {job} {gap.Slots.Count} slot{(gap.Slots.Count == 1 ? "" : "s")} {Of(gap.Slots.First)} - {Of(gap.Slots.Last)} ({gap.Reason})");

    private static string Swept(SweepResponse sweep) => string.Create(
        CultureInfo.InvariantCulture, $"swept     {sweep.Reclaimed} reclaimed, {sweep.Abandoned} abandoned, {sweep.Parked.Count} parked, {sweep.Unparked} unparked");
}
