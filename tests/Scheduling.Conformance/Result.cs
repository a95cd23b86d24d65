using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>What a process says about an attempt.</summary>
public static class Result
{
    public static Settlement Of(
        ClaimedRun run, ExecutionStatus status = ExecutionStatus.Succeeded, ExecutionReason reason = ExecutionReason.None, string? message = null, ExecutionError? error = null, long? token = null, RunReport? report = null) => new()
        {
            Id = run.Id,
            Tenant = run.Tenant,
            JobId = run.JobId,
            Executor = run.Definition.Executor,
            Token = token ?? run.Token,
            Kind = SettlementKind.End,
            Status = status,
            Reason = reason,
            Message = message,
            Error = error,
            Report = report,
        };

    public static Settlement Failed(ClaimedRun run) => Of(run, ExecutionStatus.Failed, ExecutionReason.Exception);

    public static Settlement Retry(ClaimedRun run, Duration after, string? message = null, RunReport? report = null) => new()
    {
        Id = run.Id,
        Tenant = run.Tenant,
        JobId = run.JobId,
        Executor = run.Definition.Executor,
        Token = run.Token,
        Kind = SettlementKind.Retry,
        Reason = ExecutionReason.Exception,
        RetryAfter = after,
        Message = message,
        Report = report,
    };

    public static Settlement HandBack(ClaimedRun run, bool hadBegun, RunReport? report = null) => new()
    {
        Id = run.Id,
        Tenant = run.Tenant,
        JobId = run.JobId,
        Executor = run.Definition.Executor,
        Token = run.Token,
        Kind = SettlementKind.HandBack,
        HadBegun = hadBegun,
        Report = report,
    };
}
