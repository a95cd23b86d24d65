namespace Scheduling;

/// <summary>The owner of jobs. Every read and write names one, and nobody sees another tenant's jobs: another tenant's id is not found.</summary>
/// <remarks>Compared ordinally: <c>Acme</c> and <c>acme</c> are two tenants. The default value is "no tenant" (an empty <see cref="Value"/>) and is refused by every operation.</remarks>
public readonly record struct TenantId : IComparable<TenantId>
{
    private readonly string? _value;

    /// <summary>Names a tenant.</summary>
    /// <param name="value">1-128 characters, no control characters, no outer white space.</param>
    /// <exception cref="SchedulingValidationException"><paramref name="value"/> breaks the rule.</exception>
    public TenantId(string value)
    {
        IdentityText.Require(value, "tenant");
        _value = value;
    }

    /// <summary>The name as given; empty for the default value.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether this is the default value, which names no tenant.</summary>
    public bool IsDefault => _value is null;

    /// <inheritdoc/>
    public int CompareTo(TenantId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public bool Equals(TenantId other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The name.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;

    /// <summary>Whether one name sorts before another, ordinally.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when <paramref name="left"/> comes first.</returns>
    public static bool operator <(TenantId left, TenantId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one name sorts after another, ordinally.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when <paramref name="left"/> comes last.</returns>
    public static bool operator >(TenantId left, TenantId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one name sorts before another or equals it, ordinally.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when <paramref name="left"/> does not come last.</returns>
    public static bool operator <=(TenantId left, TenantId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one name sorts after another or equals it, ordinally.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when <paramref name="left"/> does not come first.</returns>
    public static bool operator >=(TenantId left, TenantId right) => left.CompareTo(right) >= 0;
}
