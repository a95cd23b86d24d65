namespace Scheduling.Hosting.Tests.Edges;

/// <summary>For a child process that does not survive it; see <see cref="ChildTests"/>.</summary>
public class AsyncVoidScenarios
{
    [Fact(Explicit = true)]
    public async Task Executor_ThrowsInAsyncVoid_TakesTheProcessWithIt()
    {
        await using var host = await TestHost.StartAsync(s => s.AddExecutor("x", (_, _) =>
        {
            Throw();
            return ValueTask.FromResult(JobResult.Success());
        }));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        await host.RunAsync("job");

        // The end comes from another thread; without it this never ends, and the parent says so.
        await new TaskCompletionSource().Task;
    }

#pragma warning disable VSTHRD100, MA0155, CA1849 // An executor from hell is what this is about.
    private static async void Throw()
    {
        await Task.Yield();
        throw new InvalidOperationException("nobody can catch this");
    }
#pragma warning restore VSTHRD100, MA0155, CA1849
}
