using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace Quickstart.Display;

/// <summary>Whose jobs there are, and how long the program runs; in real time.</summary>
internal sealed class RunPlan(IReadOnlyList<string> tenants, TimeSpan? length, IHostApplicationLifetime lifetime)
{
    private readonly long _started = TimeProvider.System.GetTimestamp();

    public IReadOnlyList<string> Tenants { get; } = tenants;

    public TimeSpan? Length { get; } = length;

    public string Outlook()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return "stopping";
        if (Length is not { } length)
            return "Ctrl+C stops";
        var left = Math.Max(0, Math.Ceiling((length - TimeProvider.System.GetElapsedTime(_started)).TotalSeconds));
        return string.Create(CultureInfo.InvariantCulture, $"{left}s left");
    }
}
