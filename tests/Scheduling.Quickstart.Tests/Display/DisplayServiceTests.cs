using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Quickstart.Display;
using Quickstart.Storage;
using Quickstart.Time;
using Quickstart.Work;
using Scheduling;
using Scheduling.Storage;
using Scheduling.TestKit;

namespace Quickstart.Tests.Display;

public class DisplayServiceTests
{
    [Fact]
    public async Task ExecuteAsync_WhenTheDisplayThrows_GivesTheTerminalBackAndFails()
    {
        var clock = new TimeLapse(new ManualTimeProvider(), 1_440);
        var plan = new RunPlan(["acme"], new Beginning(Store: null, EarlierRuns.None, Instant.MinValue), length: null, new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance));
        var display = new BrokenDisplay();
        using var service = new DisplayService(new BoardReader(new JobScheduler(new InMemoryStore(clock), time: clock), clock, new WorkProgress(), plan), () => display);
        await service.StartAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<IOException>(() => service.ExecuteTask!);
        Assert.True(display.IsDisposed);
    }

    private sealed class BrokenDisplay : IDisplay
    {
        public bool IsDisposed { get; private set; }

        public void Show(Board board) => throw new IOException("no terminal");

        public void Dispose() => IsDisposed = true;
    }
}
