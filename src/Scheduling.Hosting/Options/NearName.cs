namespace Scheduling.Hosting;

/// <summary>Finds the name that somebody who misspelt one probably meant.</summary>
internal static class NearName
{
    /// <summary>The candidate within a third of the name's length of edits, whatever the case; null when there is none.</summary>
    public static string? Of(string given, IEnumerable<string> candidates) => candidates
        .Select(candidate => (Name: candidate, Edits: Edits(given.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(near => near.Edits <= Math.Max(1, given.Length / 3))
        .OrderBy(near => near.Edits)
        .ThenBy(near => near.Name, StringComparer.Ordinal)
        .Select(near => near.Name)
        .FirstOrDefault();

    // The optimal string alignment without swaps, in one row.
    private static int Edits(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.Length];
    }
}
