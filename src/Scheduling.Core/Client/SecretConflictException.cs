using System.Globalization;

namespace Scheduling;

/// <summary>A secret has another version than expected: somebody else set or deleted it meanwhile.</summary>
public sealed class SecretConflictException : Exception
{
    internal SecretConflictException(string name, long expected, long actual)
        : base(string.Create(CultureInfo.InvariantCulture, $"Secret '{IdentityText.Shorten(name)}' has version {actual}, not {expected}: list the names again and decide anew.")) =>
        (Name, ExpectedVersion, ActualVersion) = (name, expected, actual);

    /// <summary>The secret's name.</summary>
    public string Name { get; }

    /// <summary>The version that was expected.</summary>
    public long ExpectedVersion { get; }

    /// <summary>The version it has; 0 when there is no such secret.</summary>
    public long ActualVersion { get; }
}
