using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Scheduling.Tests;

/// <summary>All other tests of this assembly as one, which ends at the first failure: what Stryker runs for each mutant.</summary>
public class EveryCheckTests
{
    // Of processor time, so that a busy machine kills no mutant: what a check may take beyond ten times what it usually takes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private static readonly Lock OneAtATime = new();
    private static List<Check>? _checks;
    private static Running _running = new(null, default);

    [Xunit.Fact]
    public void EveryCheck_OfTheActiveMutant_Holds()
    {
        lock (OneAtATime)
        {
            _checks ??= WarmedUp();
            if (!Mutant.Exists)
            {
                return; // the warm-up was the run
            }

            var mutant = Mutant.Asked;
            var killer = Watched(mutant, () => FirstFailing(_checks));
            Note(mutant, killer);
            Assert.Null(killer);
        }
    }

    // Each check once with nothing mutated: it must pass, statics come to life, and the quickest go first from then on.
    private static List<Check> WarmedUp()
    {
        Mutant.Activate(Mutant.None);
        var checks = (from type in typeof(EveryCheckTests).Assembly.GetTypes()
                      from method in type.GetMethods()
                      where method.GetCustomAttribute<FactAttribute>() is not null
                      select new Check(method)).ToList();
        foreach (var check in checks)
        {
            check.Run();
            var watch = Stopwatch.StartNew();
            check.Run();
            check.Usual = watch.Elapsed;
        }

        checks.Sort(static (a, b) => a.Usual.CompareTo(b.Usual));
        foreach (var check in checks) Log(string.Create(CultureInfo.InvariantCulture, $"# {check.Usual.TotalMilliseconds:F1} ms {check.Name}"));
        return checks;
    }

    private static string? FirstFailing(List<Check> checks)
    {
        for (var n = 0; n < checks.Count; n++)
        {
            try
            {
                Volatile.Write(ref _running, new Running(checks[n], CpuTime()));
                checks[n].Run();
            }
            catch (Exception e)
            {
                var killer = checks[n];
                checks.RemoveAt(n); // What killed this mutant is likely to kill the next, its neighbour.
                checks.Insert(0, killer);
                return $"{killer.Name}: {e.GetType().Name}";
            }
        }

        return null;
    }

    private static string? Watched(int mutant, Func<string?> run)
    {
        string? killer = null;
        Volatile.Write(ref _running, new Running(null, CpuTime()));
        Mutant.Activate(mutant);
        var thread = new Thread(() => killer = run(), maxStackSize: 16 * 1024 * 1024) { IsBackground = true };
        thread.Start();
        while (!thread.Join(TimeSpan.FromMilliseconds(20)))
        {
            if (Volatile.Read(ref _running) is { Check: { } check } running && CpuTime() - running.Since > Patience + (10 * check.Usual))
            {
                SwitchOff(mutant, thread);
                return $"{check.Name}: does not end";
            }
        }

        Mutant.Activate(Mutant.None);
        return killer;
    }

    // A loop that runs on because of the mutant ends without it. If not, the process has to.
    private static void SwitchOff(int mutant, Thread thread)
    {
        Mutant.Activate(Mutant.None);
        var since = CpuTime();
        while (!thread.Join(TimeSpan.FromMilliseconds(20)))
        {
            if (CpuTime() - since > TimeSpan.FromSeconds(10))
            {
                Note(mutant, "does not end, not even when it is switched off");
                Environment.Exit(1);
            }
        }
    }

    private static TimeSpan CpuTime() => Process.GetCurrentProcess().TotalProcessorTime;

    private static void Note(int mutant, string? killer) => Log(string.Create(CultureInfo.InvariantCulture, $"{mutant}\t{killer ?? "survived"}"));

    // SCHEDULING_MUTATION_LOG names a file that gets the time of every check and, for each mutant, what killed it.
    private static void Log(string line)
    {
        if (Environment.GetEnvironmentVariable("SCHEDULING_MUTATION_LOG") is { Length: > 0 } file)
        {
            File.AppendAllText(file, line + "\n");
        }
    }

    private sealed record Running(Check? Check, TimeSpan Since);
}
