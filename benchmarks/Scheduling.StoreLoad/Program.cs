using System.Globalization;
using System.Runtime.InteropServices;
using Scheduling.Load;

// The figures of the durable stores in the design's performance table, each beside a peer or a limit, in one run on one machine.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["node", ..])
{
    await Node.RunAsync(NodeSettings.Read(args));
    return;
}
var options = StoreLoadOptions.Parse(args);
var table = new ResultTable();
Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {Machine.Cpu()}");
Console.WriteLine($"load average at the start: {Machine.LoadAverage()}");

if (options.Includes("sqlite"))
    await Bursts.SqliteAsync(options, table);
if (options.Includes("sqlite-loop"))
    await Bursts.SqliteLoopAsync(options, table);
await using (var rig = new PostgresRig(countsStatements: options.Only.Any(static one => one is "statements" or "idle")))
{
    var best = options.Includes("postgresql") ? await Bursts.PostgreSqlAsync(options, rig, table) : 0;
    if (options.Only.Contains("statements"))
        await Statements.MeasureAsync(options, rig, table);
    if (options.Only.Contains("postgresql-one"))
        await Bursts.PostgreSqlOneAsync(options, rig, table);
    if (options.Includes("bare"))
        await BareStatements.MeasureAsync(options, rig, best, table);
    if (options.Includes("quartz"))
        await QuartzCluster.MeasureAsync(rig, best, table);
    if (options.Includes("lateness"))
        await Latenesses.PostgreSqlAsync(options, rig, table);
    if (options.Includes("run-now"))
        await Quiet.RunNowAsync(rig, table);
    if (options.Includes("idle"))
        await Quiet.IdleAsync(rig, table);
    if (options.Includes("fairness"))
        await Fairness.GreedyTenantAsync(options, rig, table);
    if (options.Includes("limit"))
        await Fairness.LimitAsync(options, rig, table);
    if (options.Includes("stored"))
        await StoredJobsCost.MeasureAsync(options, rig, table);
    if (options.Includes("snapshot"))
        await StoredJobsCost.LongSnapshotAsync(options, rig, table);
}
if (options.Includes("lateness"))
    await Latenesses.SqliteAsync(options, table);

Console.WriteLine($"load average at the end: {Machine.LoadAverage()}");
Console.WriteLine();
table.Print();
