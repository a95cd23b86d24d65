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
    /// <param name="random">Uniform in [0, 1), for the jitter of a retry.</param>
    public static Settlement Decide(ClaimedRun run, AttemptEnd end, RunCancelReason cancelReason, double random)
    {
        if (end.Exception is { } exception)
            return Threw(run, exception, cancelReason, random);
        var result = end.Result;
        if (result.Status != ExecutionStatus.Failed)
            return End(run, result.Status, ExecutionReason.None, result.Message, error: null);
        var error = new ExecutionError { Message = StorableText.Clean(result.Message, ExecutionError.MaximumMessageLength) ?? "" };
        return result.IsPermanent || cancelReason == RunCancelReason.Requested
            ? End(run, ExecutionStatus.Failed, ExecutionReason.ReportedFailure, result.Message, error)
            : Failed(run, ExecutionStatus.Failed, ExecutionReason.ReportedFailure, result.Message, error, random);
    }

    /// <summary>The decision for an attempt that goes on after its token fired and the grace was over: always an end, because a retry would run beside it.</summary>
    public static Settlement Detach(ClaimedRun run, RunCancelReason cancelReason)
    {
        var error = new ExecutionError { Message = $"The attempt was asked to end ({cancelReason}) and did not within the grace." };
        return cancelReason == RunCancelReason.Requested
            ? End(run, ExecutionStatus.Cancelled, ExecutionReason.CancelRequested, message: null, error)
            : End(run, ExecutionStatus.TimedOut, ExecutionReason.Timeout, message: null, error);
    }

    public static Settlement HandBack(ClaimedRun run, bool hadBegun) => new()
    {
        Id = run.Id,
        Tenant = run.Tenant,
        JobId = run.JobId,
        Executor = run.Definition.Executor,
        Token = run.Token,
        Kind = SettlementKind.HandBack,
        Reason = ExecutionReason.HandedBack,
        HadBegun = hadBegun,
    };

    private static Settlement Threw(ClaimedRun run, Exception exception, RunCancelReason cancelReason, double random)
    {
        var error = ExecutionError.From(exception);
        return cancelReason switch
        {
            RunCancelReason.Requested => End(run, ExecutionStatus.Cancelled, ExecutionReason.CancelRequested, message: null, exception is OperationCanceledException ? null : error),
            RunCancelReason.Stopping or RunCancelReason.LeaseLost => HandBack(run, hadBegun: true),
            RunCancelReason.Timeout => Failed(run, ExecutionStatus.TimedOut, ExecutionReason.Timeout, message: null, error, random),
            _ when exception is PayloadInvalidException => End(run, ExecutionStatus.Failed, ExecutionReason.PayloadInvalid, message: null, error),
            _ => Failed(run, ExecutionStatus.Failed, ExecutionReason.Exception, message: null, error, random),
        };
    }

    private static Settlement Failed(ClaimedRun run, ExecutionStatus status, ExecutionReason reason, string? message, ExecutionError error, double random)
    {
        var policy = run.Definition.Retry;
        if (run.Failures >= policy.MaximumRetries)
            return End(run, status, reason, message, error);
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
            RetryAfter = RetryDelay.For(policy, run.Failures + 1, random),
            Message = StorableText.Clean(message, JobResult.MaximumMessageLength),
            Error = error,
        };
    }

    private static Settlement End(ClaimedRun run, ExecutionStatus status, ExecutionReason reason, string? message, ExecutionError? error) => new()
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
    };
}
