using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Scheduling.Hosting.Tests;

/// <summary>The tables of the guides say what the code does.</summary>
public class DocsTests
{
    [Fact]
    public void Settings_OfTheGuide_AreThoseOfTheCode()
    {
        var rows = Table("hosting.md", "settings").Select(static row => (row[0].Trim('`'), row[1], row[2]));

        Assert.Equal(Settings.All.Select(static s => (s.Name, s.Default, s.Allowed)), rows);
    }

    [Fact]
    public void AdmissionSettings_OfTheGuide_AreThoseOfTheCode()
    {
        var rows = Table("hosting.md", "admission").Select(static row => (row[0].Trim('`'), row[1]));

        Assert.Equal(AdmissionSettings.All.Select(static s => (s.Name, s.Allowed)), rows);
    }

    [Fact]
    public void Logs_OfTheGuide_AreThoseOfTheCode()
    {
        var rows = Table("observability.md", "logs").Select(static row => (int.Parse(row[0], CultureInfo.InvariantCulture), row[1], row[2]));
        var code = typeof(SchedulingLog).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(static method => (method.Name, Attribute: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(static found => found.Attribute is not null)
            .Select(static found => (found.Attribute!.EventId, found.Name, found.Attribute.Level.ToString()))
            .OrderBy(static line => line.EventId);

        Assert.Equal(code, rows.OrderBy(static row => row.Item1));
    }

    [Fact]
    public async Task Metrics_OfTheGuide_AreThoseOfTheCode()
    {
        await using var host = await TestHost.StartAsync();
        var code = new List<(string, string)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == EngineMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, host.Services.GetService(typeof(IMeterFactory))))
                    code.Add((instrument.Name, $"{KindOf(instrument)}, {instrument.Unit}"));
            },
        };
        listener.Start();

        var rows = Table("observability.md", "metrics").Select(static row => (row[0].Trim('`'), row[1]));
        Assert.Equal(code.Order(), rows.Order());
    }

    private static string KindOf(Instrument instrument) => instrument switch
    {
        { IsObservable: true } => "gauge",
        Counter<long> => "counter",
        _ => "histogram",
    };

    private static List<string[]> Table(string guide, string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Root(), "docs", "guides", guide));
        var start = Array.IndexOf(lines, $"<!-- {name}: kept by DocsTests -->");
        Assert.True(start >= 0, $"{guide} has no table '{name}'.");
        return
        [
            .. lines.Skip(start + 3)
                .TakeWhile(static line => line.StartsWith('|'))
                .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
        ];
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Scheduling.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The solution's folder was not found above the tests.");
    }
}
