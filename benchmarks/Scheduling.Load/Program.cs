using System.Globalization;
using System.Runtime.InteropServices;
using Scheduling.Load;

// The in-memory figures of the design's performance table, each beside a peer or a limit, in one run:
//   dotnet run -c Release --project benchmarks/Scheduling.Load [-- --jobs 500000 --stored 1000000 --seconds 10 --rounds 3 --only burst]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var options = LoadOptions.Parse(args);
var table = new ResultTable();

Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {Machine.Cpu()}");
Console.WriteLine($"load average at the start: {Machine.LoadAverage()}");

if (options.Takes("stored"))
    await StoredJobs.MeasureAsync(options, table);
if (options.Takes("burst"))
    await Burst.MeasureAsync(options, table);
if (options.Takes("quartz"))
    await QuartzBurst.MeasureAsync(options, table);
if (options.Takes("lateness"))
    await Lateness.MeasureAsync(options, table);

Console.WriteLine($"load average at the end: {Machine.LoadAverage()}");
Console.WriteLine();
table.Print();
