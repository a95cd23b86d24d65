using System.Globalization;

namespace Scheduling;

/// <summary>Somebody else changed the job first.</summary>
public sealed class JobConflictException : Exception
{
    internal JobConflictException(Job current, long expectedVersion)
        : base(string.Create(CultureInfo.InvariantCulture, $"Job '{current.Key}' of tenant '{current.Tenant}' has version {current.Version}, and {expectedVersion} was expected: read it again, or use the UpdateAsync that takes a function.")) =>
        (Current, ExpectedVersion) = (current, expectedVersion);

    /// <summary>The job as it is.</summary>
    public Job Current { get; }

    /// <summary>The version that was expected.</summary>
    public long ExpectedVersion { get; }
}
