using Scheduling.Hosting;

namespace Scheduling.TestKit.Services;

/// <summary>The in-memory store.</summary>
public sealed class InMemory : IServiceStore
{
    public void AddTo(SchedulingBuilder scheduling, ManualTimeProvider time) => scheduling.UseInMemory();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
