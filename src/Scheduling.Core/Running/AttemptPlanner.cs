using NodaTime;
using Scheduling.Policies;
using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>Decides what becomes of an execution after an attempt: the end, a retry or the way back. Pure.</summary>
internal static class AttemptPlanner
{
    /// <summary>The decision for an attempt that ended by itself.</summary>
    /// <param name="run">The attempt.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="cancelReason">Why its token had fired, if it had.</param>
    /// <param name="random">For the jitter of a retry.</param>
    public static Settlement Decide(ClaimedRun run, AttemptEnd end, RunCancelReason cancelReason, Random random)
    {
        if (end.Exception is { } exception)
            return Threw(run, end, exception, cancelReason, random);
        var result = end.Result;
        var message = Redacted(end, result.Message);
        if (result.Status != ExecutionStatus.Failed)
            return End(run, StatusOf(end), ExecutionReason.None, message, error: null, end.Report);
        var error = new ExecutionError { Message = StorableText.Clean(message, ExecutionError.MaximumMessageLength) ?? "" };
        return result.IsPermanent || cancelReason == RunCancelReason.Requested
            ? End(run, ExecutionStatus.Failed, ExecutionReason.ReportedFailure, message, error, end.Report)
            : Failed(run, ExecutionStatus.Failed, ExecutionReason.ReportedFailure, message, error, end.Report, random);
    }

    /// <summary>The decision for an attempt that goes on after its token fired and the grace was over: always an end, because a retry would run beside it.</summary>
    public static Settlement Detach(ClaimedRun run, RunCancelReason cancelReason, RunReport? report = null)
    {
        var error = new ExecutionError { Message = $"The attempt was asked to end ({cancelReason}) and did not within the grace." };
        return cancelReason == RunCancelReason.Requested
            ? End(run, ExecutionStatus.Cancelled, ExecutionReason.CancelRequested, message: null, error, report)
            : End(run, ExecutionStatus.TimedOut, ExecutionReason.Timeout, message: null, error, report);
    }

    public static Settlement HandBack(ClaimedRun run, bool hadBegun, RunReport? report = null) => new()
    {
        Id = run.Id,
        Tenant = run.Tenant,
        JobId = run.JobId,
        Executor = run.Definition.Executor,
        Token = run.Token,
        Kind = SettlementKind.HandBack,
        Reason = ExecutionReason.HandedBack,
        HadBegun = hadBegun,
        Report = report,
    };

    private static string? Redacted(AttemptEnd end, string? text) => end.Redactor is { } redactor ? redactor.Clean(text) : text;

    /// <summary>A run that reported errors on its way has not simply succeeded.</summary>
    private static ExecutionStatus StatusOf(AttemptEnd end) =>
        end is { HasErrors: true, Result.Status: ExecutionStatus.Succeeded } ? ExecutionStatus.CompletedWithErrors : end.Result.Status;

    private static Settlement Threw(ClaimedRun run, AttemptEnd end, Exception exception, RunCancelReason cancelReason, Random random)
    {
        var error = ExecutionError.From(exception, text => Redacted(end, text));
        return cancelReason switch
        {
            RunCancelReason.Requested => End(run, ExecutionStatus.Cancelled, ExecutionReason.CancelRequested, message: null, exception is OperationCanceledException ? null : error, end.Report),
            RunCancelReason.Stopping or RunCancelReason.LeaseLost => HandBack(run, hadBegun: true, end.Report),
            RunCancelReason.Timeout => Failed(run, ExecutionStatus.TimedOut, ExecutionReason.Timeout, message: null, error, end.Report, random),
            _ when exception is PayloadInvalidException => End(run, ExecutionStatus.Failed, ExecutionReason.PayloadInvalid, message: null, error, end.Report),
            _ => Failed(run, ExecutionStatus.Failed, ExecutionReason.Exception, message: null, error, end.Report, random),
        };
    }

    private static Settlement Failed(ClaimedRun run, ExecutionStatus status, ExecutionReason reason, string? message, ExecutionError error, RunReport? report, Random random)
    {
        var policy = run.Definition.Retry;
        if (run.Failures >= policy.MaximumRetries)
            return End(run, status, reason, message, error, report);
        return new()
        {
            Id = run.Id,
            Tenant = run.Tenant,
            JobId = run.JobId,
            Executor = run.Definition.Executor,
            Token = run.Token,
            Kind = SettlementKind.Retry,
            Status = status,
            Reason = reason,
            RetryAfter = RetryDelay.For(policy, run.Failures + 1, random.NextDouble()),
            Message = StorableText.Clean(message, JobResult.MaximumMessageLength),
            Error = error,
            Report = report,
        };
    }

    private static Settlement End(ClaimedRun run, ExecutionStatus status, ExecutionReason reason, string? message, ExecutionError? error, RunReport? report) => new()
    {
        Id = run.Id,
        Tenant = run.Tenant,
        JobId = run.JobId,
        Executor = run.Definition.Executor,
        Token = run.Token,
        Kind = SettlementKind.End,
        Status = status,
        Reason = reason,
        Message = StorableText.Clean(message, JobResult.MaximumMessageLength),
        Error = error,
        Report = report,
    };
}
