namespace Scheduling;

/// <summary>Why an attempt was asked to end.</summary>
public enum RunCancelReason : byte
{
    /// <summary>It was not.</summary>
    None = 0,

    /// <summary>Its timeout is over.</summary>
    Timeout = 1,

    /// <summary>Somebody asked for its end.</summary>
    Requested = 2,

    /// <summary>The node could not renew its lease in time, or the execution belongs to another node now. What it returns is refused.</summary>
    LeaseLost = 3,

    /// <summary>The node stops. Ending with <see cref="OperationCanceledException"/> hands the execution back, to be started elsewhere.</summary>
    Stopping = 4,
}
