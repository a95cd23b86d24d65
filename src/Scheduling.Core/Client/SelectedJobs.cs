using System.Globalization;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>Hands out the jobs of a selection one by one, at most so many, and knows where the next call goes on. Not thread-safe.</summary>
internal sealed class SelectedJobs
{
    private const int PageSize = 500;
    private readonly IJobStore _store;
    private readonly TenantId _tenant;
    private readonly JobSelection _selection;
    private readonly string _question;
    private readonly Queue<Job> _page = new();
    private int _left;
    private int _next;
    private JobPosition? _last;
    private bool _isLastPage;

    public SelectedJobs(IJobStore store, TenantId tenant, JobSelection selection, BulkOptions options)
    {
        (_store, _tenant, _selection, _left) = (store, tenant, selection, options.MaximumJobs);
        _question = $"bulk\u001F{QuestionOf(selection, tenant)}";
        var cursor = JobCursor.Read(_question, options.Cursor);
        if (selection.Jobs is null)
            _last = cursor;
        else
            _next = NextOf(selection.Jobs, cursor, options.Cursor);
    }

    /// <summary>Where the next call goes on; null when every job was handed out.</summary>
    public string? Cursor { get; private set; }

    /// <summary>The next job; null behind the last one.</summary>
    public async ValueTask<JobRef?> NextAsync(CancellationToken ct)
    {
        if (_left == 0)
        {
            await NoteCursorAsync(ct).ConfigureAwait(false);
            return null;
        }
        _left--;
        if (_selection.Jobs is { } jobs)
            return _next < jobs.Count ? jobs[_next++] : (JobRef?)null;
        if (!await HasMoreAsync(ct).ConfigureAwait(false))
            return null;
        var job = _page.Dequeue();
        _last = new JobPosition { Id = job.Id };
        return job.Id;
    }

    private async ValueTask NoteCursorAsync(CancellationToken ct)
    {
        if (_selection.Jobs is { } jobs)
            Cursor = _next < jobs.Count ? JobCursor.Write(_question, new JobPosition { Text = PlaceOf(_next) }) : null;
        else
            Cursor = await HasMoreAsync(ct).ConfigureAwait(false) ? JobCursor.Write(_question, _last!.Value) : null;
    }

    private async ValueTask<bool> HasMoreAsync(CancellationToken ct)
    {
        if (_page.Count > 0 || _isLastPage)
            return _page.Count > 0;
        var request = new ListJobsRequest { Tenant = _tenant, Filter = _selection.Filter!, After = _last, Size = PageSize };
        var jobs = await _store.ListAsync(request, ct).ConfigureAwait(false);
        _isLastPage = jobs.Count < PageSize;
        foreach (var job in jobs)
            _page.Enqueue(job);
        return _page.Count > 0;
    }

    // A cursor belongs to a list of jobs as it was given.
    private static string QuestionOf(JobSelection selection, TenantId tenant) => selection.Jobs is { } jobs
        ? $"{tenant}\u001F{string.Join('\u001F', jobs)}"
        : new JobQuery { Filter = selection.Filter! }.Question(tenant);

    private static int NextOf(IReadOnlyList<JobRef> jobs, JobPosition? cursor, string? text)
    {
        if (cursor is null)
            return 0;
        return int.TryParse(cursor.Value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var next) && next <= jobs.Count
            ? next
            : throw new InvalidCursorException(text!);
    }

    private static string PlaceOf(int next) => next.ToString(CultureInfo.InvariantCulture);
}
