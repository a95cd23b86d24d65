namespace Scheduling.Promise;

/// <summary>What happens, one step after the other, and the seed of the order in which nodes and runs go on.</summary>
public sealed record PromiseScenario(int Seed, PromiseCommand[] Commands)
{
    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static PromiseScenario Parse(string text)
    {
        var words = text.Split([' ', ':', '(', ',', ')'], StringSplitOptions.RemoveEmptyEntries);
        var commands = words.Skip(2).Chunk(3).Select(static word => new PromiseCommand(Enum.Parse<PromiseAction>(word[0]), Number(word[1]), Number(word[2])));
        return new PromiseScenario(Number(words[1]), [.. commands]);
    }

    private static int Number(string word) => int.Parse(word, System.Globalization.CultureInfo.InvariantCulture);

    public override string ToString() => FormattableString.Invariant($"seed {Seed}: {string.Join(' ', Commands)}");
}
