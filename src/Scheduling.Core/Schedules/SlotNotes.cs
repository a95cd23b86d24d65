namespace Scheduling.Schedules;

/// <summary>What is unusual about a slot. The default is nothing.</summary>
[Flags]
public enum SlotNotes : byte
{
    /// <summary>Nothing unusual.</summary>
    None = 0,

    /// <summary>The slot stands for local times the clock skips: it is the first instant after the gap.</summary>
    MovedByGap = 1,

    /// <summary>The clock shows the slot's local time twice, and this is the first.</summary>
    FirstOfRepeatedHour = 2,

    /// <summary>The clock shows the slot's local time twice, and this is the second.</summary>
    SecondOfRepeatedHour = 4,

    /// <summary>The slot has a window: after its end no attempt starts.</summary>
    Window = 8,
}
