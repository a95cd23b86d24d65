namespace Scheduling.Testing;

/// <summary>Seeded chance that may be drawn from any thread.</summary>
internal sealed class SharedRandom(int seed) : Random
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    public override int Next()
    {
        lock (_lock)
            return _random.Next();
    }

    public override int Next(int maxValue)
    {
        lock (_lock)
            return _random.Next(maxValue);
    }

    public override int Next(int minValue, int maxValue)
    {
        lock (_lock)
            return _random.Next(minValue, maxValue);
    }

    public override double NextDouble()
    {
        lock (_lock)
            return _random.NextDouble();
    }

    protected override double Sample() => NextDouble();
}
