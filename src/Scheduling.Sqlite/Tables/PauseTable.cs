using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>Pauses of tenants and executors. What concerns the work that an operation looks at is read once for it. Needs an open transaction.</summary>
internal sealed class PauseTable(Connection connection)
{
    private readonly HashSet<(string Tenant, string Executor)> _read = [];
    private PauseBook _book = new();
    private bool? _any;

    /// <summary>The pause of an executor for all tenants that is in force.</summary>
    public ScopedPause? HoldingExecutor(string executor, Instant now)
    {
        if (!Any)
            return null;
        Read("", executor);
        return _book.HoldingExecutor(executor, now);
    }

    /// <summary>The pauses that concern a tenant's work for an executor.</summary>
    public PauseBook Concerning(TenantId tenant, string executor)
    {
        if (!Any)
            return _book;
        Read("", executor);
        Read(tenant.Value, "");
        Read(tenant.Value, executor);
        return _book;
    }

    /// <summary>A job as people see it, wide pauses included.</summary>
    public Job Show(Job job, Instant now) => Concerning(job.Tenant, job.Executor).Show(job, now);

    /// <summary>The pause of exactly this scope that is in force.</summary>
    public ScopedPause? Current(PauseScope scope, Instant now)
    {
        Read(scope.Tenant?.Value ?? "", scope.Executor ?? "");
        return _book.Current(scope, now);
    }

    public IReadOnlyList<ScopedPause> List(ListPausesRequest request, Instant now)
    {
        var query = connection.Query("pauses_list")
            .Bind(request.Tenant?.Value).Bind(request.Executor).Bind(request.IncludesEnded).Bind(now)
            .Bind(request.After?.Scope.Tenant?.Value ?? "").Bind(request.After?.Scope.Executor ?? "").Bind(request.After?.Pause.Since.ToUnixTimeTicks() ?? long.MinValue)
            .Bind((long)request.Size);
        var page = new List<ScopedPause>();
        while (query.Read())
            page.Add(Read(query));
        return page;
    }

    public void Write(ScopedPause pause)
    {
        connection.Query("pauses_write")
            .Bind(pause.Scope.Tenant?.Value ?? "").Bind(pause.Scope.Executor ?? "").Bind(pause.Pause.Since).Bind(pause.Pause.Until).Bind(pause.Pause.By).Bind(pause.Pause.Reason).Bind(pause.ResumedAt)
            .Run();
        _book.Put(pause);
        _any = true;
    }

    public void DropEndedBefore(Instant time, int most) => connection.Query("pauses_purge").Bind(time).Bind((long)most).Run();

    /// <summary>Forgets what was read: the operation has ended.</summary>
    public void Forget()
    {
        if (_any == true)
        {
            _book = new PauseBook();
            _read.Clear();
        }
        _any = null;
    }

    private bool Any => _any ??= connection.Query("pauses_any").ReadSingle() is not null;

    private void Read(string tenant, string executor)
    {
        if (!_read.Add((tenant, executor)))
            return;
        _any = true;
        var query = connection.Query("pauses_of_scope").Bind(tenant).Bind(executor);
        while (query.Read())
            _book.Put(Read(query));
    }

    private static ScopedPause Read(Statement row)
    {
        var (tenant, executor) = (row.NextText(), row.NextText());
        return new ScopedPause
        {
            Scope = tenant.Length == 0 ? PauseScope.ForExecutor(executor) : executor.Length == 0 ? PauseScope.ForTenant(new TenantId(tenant)) : PauseScope.For(new TenantId(tenant), executor),
            Pause = new Pause { Since = row.NextInstant(), Until = row.NextInstantOrNull(), By = row.NextTextOrNull(), Reason = row.NextTextOrNull() },
            ResumedAt = row.NextInstantOrNull(),
        };
    }
}
