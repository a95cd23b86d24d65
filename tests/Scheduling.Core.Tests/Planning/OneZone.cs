using NodaTime;
using NodaTime.TimeZones;

namespace Scheduling.Core.Tests.Planning;

/// <summary>Zone data with a single zone.</summary>
internal sealed class OneZone(DateTimeZone zone) : IDateTimeZoneProvider
{
    public string VersionId => "one zone of a test";

    public System.Collections.ObjectModel.ReadOnlyCollection<string> Ids => new([zone.Id]);

    public DateTimeZone this[string id] => GetZoneOrNull(id) ?? throw new DateTimeZoneNotFoundException(id);

    public DateTimeZone GetSystemDefault() => throw new NotSupportedException("Zones are named.");

    public DateTimeZone? GetZoneOrNull(string id) => string.Equals(id, zone.Id, StringComparison.Ordinal) ? zone : null;
}
