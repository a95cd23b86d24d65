using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>What a store made of one result.</summary>
[Experimental("SCHED0001")]
public enum SettlementOutcome : byte
{
    /// <summary>It is written.</summary>
    Accepted = 1,

    /// <summary>It was written before: the answer of an earlier call was lost.</summary>
    Repeated = 2,

    /// <summary>Another token has the execution, or nobody: the lease was lost and the result is refused.</summary>
    LeaseLost = 3,
}
