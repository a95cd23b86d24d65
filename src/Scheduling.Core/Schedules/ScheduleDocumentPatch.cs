using System.Text.Json;
using NodaTime;

namespace Scheduling.Schedules;

/// <summary>
/// A partial <see cref="ScheduleDocument"/>: an absent member keeps what is stored, null clears it, a value replaces it.
/// </summary>
/// <remarks>
/// <para>
/// <c>pollingIntervalCronExpression</c> is replaced whole. Another <c>frequencyType</c>, or a change between it and <c>pollingInterval</c>, needs the parameter of the new one and
/// drops those of the old; the override is kept through every change of <c>pollingInterval</c>. Null for <c>timeZone</c>, <c>cronDayRule</c> and <c>cronFormat</c> goes back to their
/// defaults.
/// </para>
/// <para>Immutable. Applying a patch either gives a whole, valid schedule or throws with all problems; nothing is changed in place.</para>
/// </remarks>
public sealed class ScheduleDocumentPatch
{
    private readonly DocumentMembers _members;

    private ScheduleDocumentPatch(DocumentMembers members) => _members = members;

    /// <summary>Whether the patch says nothing, so that applying it changes nothing.</summary>
    public bool IsEmpty => _members.AreAllAbsent;

    /// <summary>Reads a patch and checks names, types and ranges. What must hold together is checked when it is applied.</summary>
    /// <param name="json">A JSON object of at most 16,384 bytes.</param>
    /// <returns>The patch.</returns>
    /// <exception cref="SchedulingValidationException">It is refused; all problems are listed.</exception>
    public static ScheduleDocumentPatch Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var errors = new DocumentErrors();
        return From(DocumentReader.Read(json, errors), errors);
    }

    /// <summary>Reads a patch in UTF-8, without a byte order mark.</summary>
    /// <param name="utf8Json">A JSON object of at most 16,384 bytes.</param>
    /// <returns>The patch.</returns>
    /// <exception cref="SchedulingValidationException">It is refused; all problems are listed.</exception>
    public static ScheduleDocumentPatch Parse(ReadOnlyMemory<byte> utf8Json)
    {
        var errors = new DocumentErrors();
        return From(DocumentReader.Read(utf8Json, errors), errors);
    }

    /// <summary>Reads a patch that is part of a larger document.</summary>
    /// <param name="json">A JSON object.</param>
    /// <returns>The patch.</returns>
    /// <exception cref="SchedulingValidationException">It is refused; all problems are listed, with paths inside this object.</exception>
    public static ScheduleDocumentPatch Parse(JsonElement json)
    {
        var errors = new DocumentErrors();
        return From(DocumentReader.Read(json, errors), errors);
    }

    /// <summary>The document after the patch.</summary>
    /// <param name="current">The document before; null for none, so that the patch must be a whole document.</param>
    /// <returns>The document after the change.</returns>
    /// <exception cref="SchedulingValidationException">The outcome would not be a valid document; all problems are listed.</exception>
    public ScheduleDocument ApplyTo(ScheduleDocument? current)
    {
        if (IsEmpty && current is not null) return current;
        var errors = new DocumentErrors();
        ScheduleDocument basis = current is null ? new ScheduleDocument() : Basis(current);
        RefuseClearedSelector(basis, errors);
        ScheduleDocument patched = _members.Over(basis);
        DocumentRules.Build(patched, errors);
        errors.ThrowIfAny();
        return patched;
    }

    /// <summary>
    /// The schedule after the patch. A spread survives as long as the kind stays, cut to a period that became shorter. An outcome equal to the current schedule and written like it
    /// is the same object.
    /// </summary>
    /// <param name="current">The schedule before; null for none, so that the patch must be a whole document.</param>
    /// <returns>The schedule after the change.</returns>
    /// <exception cref="SchedulingValidationException">The outcome would not be a valid schedule; all problems are listed.</exception>
    public Schedule ApplyTo(Schedule? current)
    {
        if (IsEmpty && current is not null) return current;
        ScheduleDocument? document = null;
        if (current is not null) ScheduleDocument.TryFrom(current, out document);
        Schedule patched = ApplyTo(document).ToSchedule();
        if (current is null) return patched;
        if (current.HasSameKind(patched) && current.Spread is { } spread) patched = patched.WithSpread(Duration.Min(spread, patched.LongestSpread));
        return patched.IsWrittenLike(current) ? current : patched;
    }

    private static ScheduleDocumentPatch From(DocumentMembers members, DocumentErrors errors)
    {
        if (members.FrequencyType.HasValue && members.PollingInterval.HasValue)
            errors.Add(DocumentFields.PollingInterval, "and frequencyType are both given", allowed: "one of the two");
        errors.ThrowIfAny();
        return new ScheduleDocumentPatch(members);
    }

    /// <summary>What of the current document the patch builds upon: all of it, unless the patch chooses another way of saying when.</summary>
    private ScheduleDocument Basis(ScheduleDocument current)
    {
        bool leavesFrequency = _members.PollingInterval.HasValue && current.FrequencyType is not null;
        bool changesFrequency = _members.FrequencyType.HasValue && current.FrequencyType != _members.FrequencyType.Value;
        return leavesFrequency || changesFrequency ? new ScheduleDocument() : current;
    }

    private void RefuseClearedSelector(ScheduleDocument basis, DocumentErrors errors)
    {
        if (_members.FrequencyType.IsNull && basis.FrequencyType is not null)
            errors.Add(DocumentFields.FrequencyType, "cannot be cleared", "null", "a frequencyType, or a pollingInterval in its place");
        if (_members.PollingInterval.IsNull && basis.PollingInterval is not null)
            errors.Add(DocumentFields.PollingInterval, "cannot be cleared", "null", "a pollingInterval (DISABLED stops it), or a frequencyType in its place");
    }
}
