using System.Diagnostics.Metrics;

namespace Scheduling.Load;

/// <summary>Listens to what the library says of its claims: how many and how long.</summary>
internal sealed class ClaimMeter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _claims;
    private double _seconds;

    public ClaimMeter()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name is "scheduling.claim.size" or "scheduling.claim.duration")
                listener.EnableMeasurementEvents(instrument);
        };
        // One claim at a time: no two of these run at once.
        _listener.SetMeasurementEventCallback<int>((_, size, _, _) => Sized(size));
        _listener.SetMeasurementEventCallback<long>((_, size, _, _) => Sized(size));
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => _seconds += seconds);
        _listener.Start();
    }

    /// <summary>Claims that found something.</summary>
    public long Claims => _claims;

    /// <summary>How long all claims took, those that found nothing too.</summary>
    public double Milliseconds => 1_000 * _seconds;

    public void Dispose() => _listener.Dispose();

    private void Sized(long size)
    {
        if (size > 0)
            _claims++;
    }
}
