namespace Scheduling;

/// <summary>How much an event of a run matters. The numbers are stored and never change.</summary>
public enum RunEventLevel : byte
{
    /// <summary>Worth knowing.</summary>
    Information = 1,

    /// <summary>Worth a look.</summary>
    Warning = 2,

    /// <summary>Something of the work failed: a run that reports this and then success has completed with errors.</summary>
    Error = 3,
}
