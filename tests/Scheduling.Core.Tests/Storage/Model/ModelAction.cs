namespace Scheduling.Core.Tests.Storage.Model;

/// <summary>What happens next to the store.</summary>
internal enum ModelAction
{
    Create,
    Reschedule,
    Pause,
    Resume,
    RunNow,
    Cancel,
    Delete,
    Advance,
    Claim,
    Settle,
    Crash,
    Renew,
    Sweep,
}
