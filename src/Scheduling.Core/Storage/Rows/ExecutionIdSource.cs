using NodaTime;

namespace Scheduling.Storage.Rows;

/// <summary>Makes execution ids, stamped with the store's now and strictly rising within the process. Thread-safe.</summary>
internal sealed class ExecutionIdSource
{
    private long _last;

    public ExecutionId Next(Instant now)
    {
        var units = UuidV7.UnitsOf(now);
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(units, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
                return new ExecutionId(UuidV7.Create(next));
        }
    }
}
