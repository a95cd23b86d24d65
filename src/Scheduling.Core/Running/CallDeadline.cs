using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using NodaTime;

namespace Scheduling.Running;

/// <summary>A caller's token joined with a time limit.</summary>
[StructLayout(LayoutKind.Auto)]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It is disposable; the rule does not see it on a struct.")]
internal readonly struct CallDeadline : IDisposable
{
    private readonly CancellationTokenSource? _limit;
    private readonly CancellationTokenSource? _joined;

    public CallDeadline(CancellationToken ct) => Token = ct;

    public CallDeadline(Duration limit, TimeProvider time, CancellationToken ct)
    {
        _limit = new CancellationTokenSource(limit.ToTimeSpan(), time);
        _joined = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, ct);
        Token = _joined.Token;
    }

    public CancellationToken Token { get; }

    public void Dispose()
    {
        _joined?.Dispose();
        _limit?.Dispose();
    }
}
