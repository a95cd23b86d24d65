namespace Scheduling.Testing;

/// <summary>What a test expected of a job's record is not so. The message says what was expected, what there is, and what happened.</summary>
public sealed class ExpectationException : Exception
{
    internal ExpectationException(string message)
        : base(message)
    {
    }
}
