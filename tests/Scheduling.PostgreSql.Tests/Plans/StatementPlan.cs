using System.Text.Json;

namespace Scheduling.PostgreSql.Tests.Plans;

/// <summary>How the server carried out one statement.</summary>
/// <param name="Text">The statement.</param>
/// <param name="Nodes">The steps of its plan.</param>
public sealed record StatementPlan(string Text, IReadOnlyList<PlanNode> Nodes)
{
    public string Title => Text.Trim().Split('\n')[0];

    public static StatementPlan Read(JsonElement root)
    {
        var nodes = new List<PlanNode>();
        Collect(root.GetProperty("Plan"), nodes);
        return new StatementPlan(root.GetProperty("Query Text").GetString()!, nodes);
    }

    private static void Collect(JsonElement node, List<PlanNode> nodes)
    {
        double Number(string name) => node.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
        string? Text(string name) => node.TryGetProperty(name, out var value) ? value.GetString() : null;
        var rows = Number("Actual Rows") + Number("Rows Removed by Filter") + Number("Rows Removed by Index Recheck") + Number("Rows Removed by Join Filter");
        nodes.Add(new PlanNode(Text("Node Type")!, Text("Relation Name"), Text("Index Name"), rows * Math.Max(1, Number("Actual Loops"))));
        if (!node.TryGetProperty("Plans", out var below))
            return;
        foreach (var one in below.EnumerateArray())
            Collect(one, nodes);
    }
}
