namespace Scheduling.Hosting.Tests.Edges;

/// <summary>For a child process whose heap has a limit; see <see cref="ChildTests"/>.</summary>
public class MemoryHogScenarios
{
    /// <summary>Large, so that when no further one fits there is room left for everybody else.</summary>
    private const int Block = 16 << 20;

    [Fact(Explicit = true)]
    public async Task Executor_AllocatesUntilThereIsNoMore_FailsAndTheNextJobsRun()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("hog", static (_, _) => Eat()).AddExecutor("modest", static (_, _) => default));
        await host.Acme.CreateAsync(TestHost.Manual("hog", "hog"));
        await host.Acme.CreateAsync(TestHost.Manual("modest", "modest"));

        for (var i = 0; i < 5; i++)
        {
            var hog = await host.RunAsync("hog");
            Assert.Equal((ExecutionStatus.Failed, ExecutionReason.Exception, 1), (hog.Status, hog.Reason, hog.Attempt));
            Assert.Equal(typeof(OutOfMemoryException).FullName, hog.Error!.Type);
            Assert.Equal(ExecutionStatus.Succeeded, (await host.RunAsync("modest")).Status);
        }
        Assert.False(host.Loop.ExecuteTask!.IsCompleted);
        Assert.Equal(0, host.Logs.CountOf(102));
    }

    private static ValueTask<JobResult> Eat()
    {
        var eaten = new List<byte[]>();
        while (true)
            eaten.Add(GC.AllocateUninitializedArray<byte>(Block));
    }
}
