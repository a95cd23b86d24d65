using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Scheduling.Hosting.Tests;

/// <summary>Keeps what the meter of one host measures.</summary>
internal sealed class MeterReader : IDisposable
{
    private readonly ConcurrentQueue<Measurement> _all = new();
    private readonly MeterListener _listener = new();

    public MeterReader(IServiceProvider services)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == EngineMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Whether it throws instead of keeping.</summary>
    public bool Broken { get; init; }

    public IReadOnlyList<Measurement> All => [.. _all];

    public IReadOnlyList<Measurement> Of(string instrument) => [.. _all.Where(m => m.Instrument == instrument)];

    public void Collect() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Broken)
            throw new InvalidOperationException("the listener is broken");
        var kept = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, tag) in tags)
            kept[name] = tag;
        _all.Enqueue(new Measurement(instrument.Name, value, kept));
    }

    internal sealed record Measurement(string Instrument, double Value, IReadOnlyDictionary<string, object?> Tags);
}
