using System.Diagnostics.CodeAnalysis;

namespace Scheduling;

/// <summary>One field of a partial update: either left alone (the default value) or set, also to null. That is the difference between an absent member and <c>null</c>.</summary>
/// <typeparam name="T">The field's type.</typeparam>
public readonly record struct Change<T>
{
    private readonly T? _value;

    /// <summary>Sets the field.</summary>
    /// <param name="value">The new value.</param>
    public Change(T value) => (_value, IsSet) = (value, true);

    /// <summary>Whether the field is set; false leaves it alone.</summary>
    public bool IsSet { get; }

    /// <summary>The new value.</summary>
    /// <exception cref="InvalidOperationException">The field is left alone.</exception>
    public T Value => IsSet ? _value! : throw new InvalidOperationException("This field is left alone and has no value: ask IsSet first.");

    /// <summary>The new value, or the current one when the field is left alone.</summary>
    /// <param name="current">The current value.</param>
    /// <returns>What the field will be.</returns>
    public T Or(T current) => IsSet ? _value! : current;

    /// <summary>Sets the field, so that <c>Name = "x"</c> reads as it should.</summary>
    /// <param name="value">The new value.</param>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructor is the named alternate.")]
    public static implicit operator Change<T>(T value) => new(value);
}
