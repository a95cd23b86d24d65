namespace Scheduling;

/// <summary>Ends a creation that was only tried: the store rolls it back.</summary>
internal sealed class PreviewOnlyException : Exception
{
    public PreviewOnlyException()
        : base("This creation was only tried.")
    {
    }
}
