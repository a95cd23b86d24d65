using System.Text.Json.Serialization;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

/// <summary>A user's own type around a schedule document.</summary>
internal sealed class ScheduleEnvelope
{
    public string? Key { get; set; }

    public ScheduleDocument? Schedule { get; set; }
}

[JsonSerializable(typeof(ScheduleEnvelope))]
internal sealed partial class ScheduleEnvelopeJson : JsonSerializerContext;
