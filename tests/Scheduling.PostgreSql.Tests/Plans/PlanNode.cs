using System.Globalization;

namespace Scheduling.PostgreSql.Tests.Plans;

/// <summary>One step of a plan.</summary>
/// <param name="Kind">What it does, such as <c>Index Scan</c>.</param>
/// <param name="Table">Which table it reads, if any.</param>
/// <param name="Index">By which index.</param>
/// <param name="Rows">How many rows it looked at in all, those included that it threw away.</param>
public sealed record PlanNode(string Kind, string? Table, string? Index, double Rows)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Table} {Index}: {Rows:0} rows");
}
