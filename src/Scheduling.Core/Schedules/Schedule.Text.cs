namespace Scheduling.Schedules;

public abstract partial record Schedule
{
    /// <inheritdoc/>
    public sealed override string ToString() => Kind.ToString();
}
