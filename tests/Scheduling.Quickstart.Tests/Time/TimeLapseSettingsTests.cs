using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quickstart.CommandLine;
using Quickstart.Time;
using Scheduling;
using Scheduling.Hosting;

namespace Quickstart.Tests.Time;

public class TimeLapseSettingsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(60)]
    [InlineData(Arguments.DefaultSpeed)]
    [InlineData(Arguments.HighestSpeed)]
    public void Apply_AtAnySpeed_GivesSettingsThatTheSchedulerTakes(int speed)
    {
        var services = new ServiceCollection();
        services.AddScheduling(scheduling => scheduling.Configure(options => TimeLapseSettings.Apply(options, speed)));
        using var provider = services.BuildServiceProvider();
        Assert.Equal(TimeSpan.FromSeconds(60 * speed), provider.GetRequiredService<IOptions<SchedulingOptions>>().Value.MisfireThreshold);
    }

    [Fact]
    public void Apply_AtADayAMinute_KeepsWhatGuardsAgainstTheMachineAsItIsInRealTime()
    {
        var options = new SchedulingOptions();
        TimeLapseSettings.Apply(options, 1_440);
        Assert.Equal(TimeSpan.FromSeconds(9), options.LeaseDuration / 1_440);
        Assert.Equal(TimeSpan.FromSeconds(3), options.RenewInterval / 1_440);
        Assert.Equal(TimeSpan.FromSeconds(60), options.MisfireThreshold / 1_440);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Grace / 1_440);
        Assert.Equal(TimeSpan.FromSeconds(1), options.SweepInterval / 1_440);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_440)]
    public void Apply_ForTheStop_GivesRunningWorkThreeRealSeconds(int speed)
    {
        var options = new SchedulingOptions();
        TimeLapseSettings.Apply(options, speed);
        Assert.Equal(TimeSpan.FromSeconds(3), (options.ShutdownTimeout - TimeSpan.FromSeconds(5)) / speed);
    }
}
