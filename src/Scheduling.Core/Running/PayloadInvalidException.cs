namespace Scheduling;

/// <summary>A job's payload cannot be read as what its executor expects. The execution fails and is not retried; the payload is kept, to be mended.</summary>
public sealed class PayloadInvalidException : Exception
{
    internal PayloadInvalidException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
