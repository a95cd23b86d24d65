namespace ClusterSample;

/// <summary>Kills a worker now and then and starts another in its place.</summary>
internal sealed class Chaos(int seed, TimeProvider time)
{
    private readonly Random _random = new(seed);

    public int Kills { get; private set; }

    public async Task RunAsync(List<WorkerProcess> workers, Func<string, WorkerProcess> start, CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(2 + (4 * _random.NextDouble())), time, ct);
            var place = _random.Next(workers.Count);
            var victim = workers[place];
            var lost = victim.Running;
            victim.Kill();
            Kills++;
            Console.WriteLine($"         killed {victim.Node} (process {victim.Id}) while it ran {(lost.Count == 0 ? "nothing" : string.Join(", ", lost))}");
            await Task.Delay(TimeSpan.FromSeconds(_random.NextDouble()), time, ct);
            workers[place] = start(victim.Node);
        }
    }
}
