namespace Scheduling.Promise;

/// <summary>What happens next.</summary>
public enum PromiseAction
{
    Create,
    Reschedule,
    Pause,
    Resume,
    RunNow,
    Cancel,
    Delete,
    Advance,
    AddNode,
    Kill,
    KillInCall,
    Freeze,
    Thaw,
    Stop,
    LoseAnswers,
    HangCalls,
    CallsComeLate,
    Outage,
    Heal,
    SkewNode,
    StepClock,
    Starve,
}
