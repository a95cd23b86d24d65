using BenchmarkDotNet.Running;
using Scheduling.Benchmarks;
using Scheduling.Benchmarks.Cron;
using Scheduling.Benchmarks.Schedules;

if (args is ["cron-check"])
{
    return CronCheck.Run();
}

var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, BenchmarkConfig.Create()).ToList();
CronTable.Print(summaries);
ScheduleTable.Print(summaries);
return 0;
