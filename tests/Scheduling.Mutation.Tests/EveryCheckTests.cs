using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Scheduling.Tests;

/// <summary>All other tests of this assembly as one, which ends at the first failure: what Stryker runs for each mutant.</summary>
public class EveryCheckTests
{
    // Of processor time, so that a busy machine kills no mutant. Nothing here takes a tenth of it when nothing is mutated.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly Lock OneAtATime = new();
    private static List<Check>? _checks;

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
        var started = CpuTime();
        Mutant.Activate(mutant);
        var thread = new Thread(() => killer = run(), maxStackSize: 16 * 1024 * 1024) { IsBackground = true };
        thread.Start();
        while (!thread.Join(TimeSpan.FromMilliseconds(100)))
        {
            if (CpuTime() - started > Patience)
            {
                Mutant.Activate(Mutant.None);
                if (!thread.Join(Patience))
                {
                    Note(mutant, "never ends, not even without the mutant");
                    Environment.Exit(1);
                }

                return "does not end";
            }
        }

        Mutant.Activate(Mutant.None);
        return killer;
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
}
