using System.Globalization;
using System.Text;
using NodaTime;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>Lists pauses page by page; the cursor holds where the last one stood.</summary>
internal static class PauseListing
{
    private const char Separator = '\u001F';

    public static async ValueTask<Page<ScopedPause>> ReadAsync(IPauseStore store, PauseQuery query, CancellationToken ct)
    {
        ExecutionQuery.RequirePageSize(query.PageSize);
        var question = $"pauses{Separator}{query.Tenant}{Separator}{query.Executor}{Separator}{query.IncludesEnded}";
        var request = new ListPausesRequest
        {
            Tenant = query.Tenant,
            Executor = query.Executor,
            IncludesEnded = query.IncludesEnded,
            After = Read(question, query.Cursor),
            Size = query.PageSize + 1,
        };
        var rows = await store.ListAsync(request, ct).ConfigureAwait(false);
        return rows.Count <= query.PageSize
            ? new Page<ScopedPause>(rows, cursor: null)
            : new Page<ScopedPause>([.. rows.Take(query.PageSize)], Write(question, rows[query.PageSize - 1]));
    }

    private static string Write(string question, ScopedPause last)
    {
        var since = last.Pause.Since.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture);
        return PageCursor.Write(question, Guid.Empty, Encoding.UTF8.GetBytes($"{last.Scope.Tenant}{Separator}{last.Scope.Executor}{Separator}{since}"));
    }

    private static ScopedPause? Read(string question, string? cursor)
    {
        if (cursor is null)
            return null;
        var (_, value) = PageCursor.ReadWithValue(question, cursor);
        return Encoding.UTF8.GetString(value).Split(Separator) is [var tenant, var executor, var since] && ScopeOf(tenant, executor) is { } scope && SinceOf(since) is { } at
            ? new ScopedPause { Scope = scope, Pause = new Pause { Since = at } }
            : throw new InvalidCursorException(cursor);
    }

    private static PauseScope? ScopeOf(string tenant, string executor) => (tenant.Length, executor.Length) switch
    {
        (0, 0) => null,
        (0, _) => PauseScope.ForExecutor(executor),
        (_, 0) => PauseScope.ForTenant(new TenantId(tenant)),
        _ => PauseScope.For(new TenantId(tenant), executor),
    };

    private static Instant? SinceOf(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks)
        && ticks >= Instant.MinValue.ToUnixTimeTicks() && ticks <= Instant.MaxValue.ToUnixTimeTicks()
            ? Instant.FromUnixTimeTicks(ticks)
            : null;
}
