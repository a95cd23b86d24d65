using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>What becomes of an execution after an attempt.</summary>
[Experimental("SCHED0001")]
public enum SettlementKind : byte
{
    /// <summary>It ends, with a status and a reason.</summary>
    End = 1,

    /// <summary>The attempt failed; it becomes pending and starts again after a delay.</summary>
    Retry = 2,

    /// <summary>The process stops: it becomes pending at once, not counted as a failure or a lost start.</summary>
    HandBack = 3,
}
