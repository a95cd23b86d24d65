using System.Globalization;
using System.Runtime.InteropServices;
using Scheduling.Load;

// The in-memory figures of the design's performance table, each beside a peer or a limit, in one run:
//   dotnet run -c Release --project benchmarks/Scheduling.Load [-- --jobs 500000 --stored 1000000 --seconds 10 --rounds 3 --only burst]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var options = LoadOptions.Parse(args);
var table = new ResultTable();
var (ours, theirs) = (0.0, 0.0);

Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {Machine.Cpu()}");
Console.WriteLine($"load average at the start: {Machine.LoadAverage()}");

if (options.Takes("stored"))
    await StoredJobs.MeasureAsync(options, table);
if (options.Takes("burst"))
    ours = await Burst.MeasureAsync(options, table);
if (options.Takes("quartz"))
    theirs = await QuartzBurst.MeasureAsync(options, table);
if (ours > 0 && theirs > 0)
    table.Add("burst, ours against Quartz's", $"{ours / theirs:N1} times", "≥ 8 times", "the best median of each, in this run; no log providers on either side");
if (options.Takes("lateness"))
    await Lateness.MeasureAsync(options, table);

Console.WriteLine($"load average at the end: {Machine.LoadAverage()}");
Console.WriteLine();
table.Print();
