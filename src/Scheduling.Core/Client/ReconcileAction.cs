namespace Scheduling;

/// <summary>What became of one job when a set was reconciled.</summary>
public enum ReconcileAction : byte
{
    /// <summary>It was created.</summary>
    Created = 1,

    /// <summary>It was made what the set says. Its pause stays as it is.</summary>
    Updated = 2,

    /// <summary>It was what the set says.</summary>
    Unchanged = 3,

    /// <summary>The set no longer has it: it was deleted.</summary>
    Deleted = 4,

    /// <summary>A job of that key belongs to another set, to none, or to a newer generation of this one: it stays as it is.</summary>
    Conflict = 5,

    /// <summary>A rule forbids it; <see cref="ReconcileItem.Error"/> says which. It stays as it is.</summary>
    Refused = 6,
}
