using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using NodaTime;

namespace Scheduling.Running;

/// <summary>A caller's token joined with a time limit: one source for both, because every call to a store has one.</summary>
[StructLayout(LayoutKind.Auto)]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It is disposable; the rule does not see it on a struct.")]
internal readonly struct CallDeadline : IDisposable
{
    private readonly CancellationTokenSource? _limit;
    private readonly CancellationTokenRegistration _caller;

    public CallDeadline(CancellationToken ct) => Token = ct;

    public CallDeadline(Duration limit, TimeProvider time, CancellationToken ct)
    {
        _limit = new CancellationTokenSource(limit.ToTimeSpan(), time);
        _caller = ct.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _limit);
        Token = _limit.Token;
    }

    public CancellationToken Token { get; }

    public void Dispose()
    {
        // First, because it waits for a caller who is just firing the source.
        _caller.Dispose();
        _limit?.Dispose();
    }
}
