using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Scheduling.Schedules;

namespace Scheduling;

/// <summary>A line of an export: a job with its pause, or the name of a secret.</summary>
internal sealed record TransferLine
{
    /// <summary>The form that is written; later ones are refused.</summary>
    public const int Form = 1;

    public JobDefinition? Definition { get; private init; }

    public Pause? Pause { get; private init; }

    public string? Secret { get; private init; }

    public static void Write(Utf8JsonWriter writer, Job job)
    {
        var definition = job.Definition with { Active = job.Active, Anchor = job.Definition.Anchor ?? GridOf(job) };
        writer.WriteStartObject();
        writer.WriteNumber("v", Form);
        JobDocumentWriter.Write(writer, definition);
        if (job.Pause is { } pause)
            Write(writer, pause);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, string secret)
    {
        writer.WriteStartObject();
        writer.WriteNumber("v", Form);
        writer.WriteString("secret", secret);
        writer.WriteEndObject();
    }

    /// <summary>The anchor that a job got when it was made, where its times depend on it.</summary>
    public static Instant? GridOf(Job job) => job.Schedule is IntervalSchedule or PollingSchedule { Interval: not PollingInterval.Disabled } ? job.Anchor : null;

    /// <summary>Reads a line.</summary>
    /// <param name="utf8">The line.</param>
    /// <param name="key">The job's key, as soon as it is known, so that what is refused can be told by name.</param>
    /// <exception cref="SchedulingValidationException">It is refused; all problems are listed.</exception>
    public static TransferLine Read(ReadOnlyMemory<byte> utf8, out string? key)
    {
        var reader = new JobDocumentReader();
        string? known = null;
        try
        {
            var line = JobDocument.Read(utf8, root => IsSecret(root) ? ReadSecret(reader, root) : ReadJob(reader, root, out known));
            reader.ThrowIfAny();
            return line!;
        }
        finally
        {
            key = known;
        }
    }

    private static bool IsSecret(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("secret", out _);

    private static TransferLine ReadSecret(JobDocumentReader reader, JsonElement root)
    {
        var members = reader.Open(root, "", ["v", "secret"]);
        RequireForm(members);
        var name = members.Text("secret");
        if (IdentityText.Check(name, "secret") is { } error && name is not null)
            members.Refuse("secret", members.Any("secret"), "is no name of a secret", error.Allowed ?? "1-128 characters");
        return new TransferLine { Secret = name };
    }

    private static TransferLine? ReadJob(JobDocumentReader reader, JsonElement root, out string? key)
    {
        var members = reader.Open(root, "v", "pause");
        key = members.Text("key");
        RequireForm(members);
        if (key is null && members.Any("key") is null)
            members.Refuse("key", given: null, "is required", "1-128 characters");
        var pause = members.Any("pause") is { } json ? ReadPause(reader, json) : null;
        return reader.Read(members) is { } definition ? new TransferLine { Definition = definition, Pause = pause } : null;
    }

    private static void RequireForm(JobDocumentMembers members)
    {
        var form = members.Count("v");
        if (form is null ? members.Any("v") is null : form is < 1 or > Form)
            members.Refuse("v", members.Any("v"), "should be a form that this version reads", "1");
    }

    private static Pause ReadPause(JobDocumentReader reader, JsonElement json)
    {
        var members = reader.Open(json, "pause", ["by", "reason", "until"]);
        return Pause.Asked(members.Text("by"), members.Text("reason"), members.Time("until"));
    }

    private static void Write(Utf8JsonWriter writer, Pause pause)
    {
        writer.WriteStartObject("pause");
        JobDocumentWriter.WriteText(writer, "by", pause.By);
        JobDocumentWriter.WriteText(writer, "reason", pause.Reason);
        JobDocumentWriter.WriteText(writer, "until", pause.Until is { } until ? InstantPattern.ExtendedIso.Format(until) : null);
        writer.WriteEndObject();
    }
}
