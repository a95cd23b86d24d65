using NodaTime;
using Scheduling.PostgreSql.Connections;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Jobs;

/// <summary>The statement of one page of jobs: one text for each order, all from this closed table, everything a person gave as parameters.</summary>
internal static class JobListing
{
    public static SqlBatch AddTo(SqlBatch batch, ListJobsRequest request, Instant? now)
    {
        var filter = request.Filter;
        var after = request.After;
        return batch.Add(
            new SqlVariant("list_jobs", ("{after}", AfterOf(request)), ("{order}", OrderOf(request))),
            Param.Time(now),
            Param.Text(request.Tenant.Value),
            Param.Text(string.IsNullOrEmpty(filter.KeyPrefix) ? null : filter.KeyPrefix),
            Param.Text(string.IsNullOrEmpty(filter.NameContains) ? null : filter.NameContains),
            Param.Text(filter.Executor),
            Param.Short((short?)filter.State),
            Param.BoolOrNull(filter.IsActive),
            Param.BoolOrNull(filter.IsPaused),
            Param.BoolOrNull(filter.IsOverdue),
            Param.Short((short?)filter.LastStatus),
            Param.UuidOrNull(after?.Id.Value),
            Param.Text(after?.Text),
            Param.Time(after?.Time),
            Param.Int(request.Size));
    }

    /// <summary>Jobs without the value come last, whichever way; equal ones are in the order of their creation, that way too.</summary>
    private static string OrderOf(ListJobsRequest request)
    {
        var way = request.IsDescending ? "desc" : "asc";
        return ColumnOf(request.Order) is { } column ? $"s.{column} {way} nulls last, s.job_id {way}" : $"s.job_id {way}";
    }

    // A parameter that an order has no use for is named all the same: PostgreSQL must know the type of each.
    private static string AfterOf(ListJobsRequest request)
    {
        var sign = request.IsDescending ? '<' : '>';
        if (request.After is not { } after)
            return "$11::uuid is null and $12::text is null and $13::timestamptz is null";
        if (ColumnOf(request.Order) is not { } column)
            return $"s.job_id {sign} $11 and $12::text is null and $13::timestamptz is null";
        if (after.Text is null && after.Time is null)
            return $"s.{column} is null and s.job_id {sign} $11 and $12::text is null and $13::timestamptz is null";
        var (value, other) = after.Text is not null ? ("$12", "$13::timestamptz") : ("$13", "$12::text");
        return $"(s.{column} {sign} {value} or (s.{column} = {value} and s.job_id {sign} $11) or s.{column} is null) and {other} is null";
    }

    private static string? ColumnOf(JobOrder order) => order switch
    {
        JobOrder.Key => "key",
        JobOrder.Name => "name",
        JobOrder.NextRun => "next_run",
        JobOrder.LastRun => "last_run",
        _ => null,
    };
}
