using Scheduling.Hosting;

namespace Scheduling.TestKit.Services;

/// <summary>Which store a service is tested on; its clock is the test's. A suite names it as a type parameter, so that each test runs on all of them.</summary>
public interface IServiceStore : IAsyncDisposable
{
    /// <summary>Chooses the store for a service; called once.</summary>
    void AddTo(SchedulingBuilder scheduling, ManualTimeProvider time);
}
