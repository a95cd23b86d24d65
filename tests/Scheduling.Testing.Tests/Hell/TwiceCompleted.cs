using System.Threading.Tasks.Sources;

namespace Scheduling.Testing.Tests.Hell;

/// <summary>The source of a task that tells its end twice, against every rule of such sources.</summary>
internal sealed class TwiceCompleted : IValueTaskSource<JobResult>
{
    private int _asked;

    public JobResult GetResult(short token) => JobResult.Success($"asked {++_asked} times");

    public ValueTaskSourceStatus GetStatus(short token) => ValueTaskSourceStatus.Pending;

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        continuation(state);
        continuation(state);
    }
}
