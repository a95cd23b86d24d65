namespace Scheduling;

/// <summary>A run now is refused because the job's tenant or executor is paused. A job's own pause refuses none.</summary>
public sealed class JobsPausedException : Exception
{
    internal JobsPausedException(ScopedPause pause)
        : base($"The {pause.Scope} is paused{By(pause)}{Until(pause)}: resume it, or ask again when the pause is over.") => Pause = pause;

    /// <summary>The pause, with who, why and until when.</summary>
    public ScopedPause Pause { get; }

    private static string By(ScopedPause pause) => pause.Pause.By is { } by ? $" by '{IdentityText.Shorten(by)}'" : "";

    private static string Until(ScopedPause pause) => pause.End is { } end ? $" until {end}" : "";
}
