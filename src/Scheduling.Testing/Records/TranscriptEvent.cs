namespace Scheduling.Testing;

/// <summary>What a line of a transcript is about.</summary>
internal enum TranscriptEvent : byte
{
    Note,
    State,
    Start,
    End,
    Detached,
    LeaseLost,
    Gap,
    Fault,
    Sweep,
}
