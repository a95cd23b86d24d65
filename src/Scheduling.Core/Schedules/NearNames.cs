namespace Scheduling.Schedules;

/// <summary>Finds the names somebody who misspelt one probably meant.</summary>
internal static class NearNames
{
    private const int LongestCompared = 64;

    /// <summary>Up to <paramref name="count"/> candidates within a third of the name's length of edits, best first.</summary>
    internal static IReadOnlyList<string> Of(string given, IEnumerable<string> candidates, int count)
    {
        if (given.Length is 0 or > LongestCompared) return [];
        string folded = Fold(given);
        int tolerance = Math.Max(1, folded.Length / 3);
        return candidates
            .Select(candidate => (Name: candidate, Distance: Distance(folded, Fold(candidate))))
            .Where(near => near.Distance <= tolerance)
            .OrderBy(near => near.Distance)
            .ThenBy(near => near.Name, StringComparer.Ordinal)
            .Take(count)
            .Select(near => near.Name)
            .ToArray();
    }

    /// <summary>Case, blanks, hyphens and underscores are the likeliest mistakes; they cost nothing.</summary>
    private static string Fold(string name) =>
        name.ToUpperInvariant().Replace(" ", string.Empty, StringComparison.Ordinal)
            .Replace("_", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal);

    /// <summary>Levenshtein's distance with one row of memory.</summary>
    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (int column = 0; column <= b.Length; column++) row[column] = column;
        for (int line = 1; line <= a.Length; line++)
        {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= b.Length; column++)
            {
                int replaced = diagonal + (a[line - 1] == b[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(diagonal, row[column - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
