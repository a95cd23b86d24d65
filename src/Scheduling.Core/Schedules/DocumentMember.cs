namespace Scheduling.Schedules;

/// <summary>A member of a JSON object: absent, null or a value. The default is absent.</summary>
internal readonly record struct DocumentMember<T>
{
    private DocumentMember(T? value, bool isNull)
    {
        Value = value;
        IsNull = isNull;
        IsPresent = true;
    }

    internal static DocumentMember<T> Null => new(default, isNull: true);

    internal bool IsPresent { get; }

    internal bool IsNull { get; }

    /// <summary>Present and not null.</summary>
    internal bool HasValue => IsPresent && !IsNull;

    /// <summary>The value; the type's default when there is none.</summary>
    internal T? Value { get; }

    internal static DocumentMember<T> Of(T value) => new(value, isNull: false);
}
