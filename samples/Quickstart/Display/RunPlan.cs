using System.Globalization;
using Microsoft.Extensions.Hosting;
using Quickstart.Storage;

namespace Quickstart.Display;

/// <summary>Whose jobs there are, what was there before, and how long the program runs; in real time.</summary>
internal sealed class RunPlan(IReadOnlyList<string> tenants, Beginning beginning, TimeSpan? length, IHostApplicationLifetime lifetime)
{
    private readonly long _started = TimeProvider.System.GetTimestamp();

    public IReadOnlyList<string> Tenants { get; } = tenants;

    public Beginning Beginning { get; } = beginning;

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
