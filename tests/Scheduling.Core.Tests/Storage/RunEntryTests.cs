using System.Reflection;
using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Core.Tests.Storage;

public sealed class RunEntryTests
{
    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    private static readonly FieldInfo[] Fields = typeof(RunEntry).GetFields(Everything);

    public static TheoryData<string> FieldNames => [.. Fields.Select(static f => f.Name)];

    [Theory]
    [MemberData(nameof(FieldNames))]
    public void Reuse_OfAnEntryWithEverythingSet_LeavesNothingOfTheFormerExecution(string name)
    {
        var field = Fields.Single(field => string.Equals(field.Name, name, StringComparison.Ordinal));
        var used = NewEntry();
        field.SetValue(used, AnotherValueThan(field.GetValue(used), field.FieldType));
        var (id, job) = (ExecutionId.New(Instant.FromUnixTimeSeconds(7)), NewJob());

        used.Reuse(id, job);

        // An entry is out of its heap before it is reused; its place is the heap's to write.
        if (!name.Contains(nameof(RunEntry.HeapPlace), StringComparison.Ordinal))
            Assert.Equal(field.GetValue(new RunEntry(id, job)), field.GetValue(used));
    }

    private static RunEntry NewEntry() => new(ExecutionId.New(Instant.FromUnixTimeSeconds(1)), NewJob());

    private static JobEntry NewJob() => new(JobId.New(Instant.FromUnixTimeSeconds(1)), new TenantEntry(new TenantId("acme")));

    private static object AnotherValueThan(object? value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        object other = 0 switch
        {
            _ when type == typeof(string) => "other",
            _ when type == typeof(long) => 42L,
            _ when type == typeof(int) => 42,
            _ when type == typeof(bool) => true,
            _ when type.IsEnum => Enum.ToObject(type, (byte)2),
            _ when type == typeof(ExecutionId) => ExecutionId.New(Instant.FromUnixTimeSeconds(3)),
            _ when type == typeof(SlotTicks) => SlotTicks.Of(SlotRange.Of(Instant.FromUnixTimeSeconds(3))),
            _ when type == typeof(RunEntry) => NewEntry(),
            _ when type == typeof(JobEntry) => NewJob(),
            _ when type == typeof(ProcessEntry) => new ProcessEntry(OwnerId.New(Instant.FromUnixTimeSeconds(3)), "node"),
            _ when type == typeof(ExecutionError) => new ExecutionError { Message = "other" },
            _ when type == typeof(RunNotes) => new RunNotes(),
            _ => throw new NotSupportedException($"Give this test a value of {type}, and reset it in {nameof(RunEntry)}.{nameof(RunEntry.Reuse)}."),
        };
        Assert.NotEqual(value, other);
        return other;
    }
}
