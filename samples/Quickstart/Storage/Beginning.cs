using System.Globalization;
using NodaTime;
using Quickstart.History;

namespace Quickstart.Storage;

/// <summary>What the program found when it began, and where it keeps what comes.</summary>
/// <param name="Store">The file's name, or null for memory.</param>
/// <param name="Earlier">What earlier starts left behind.</param>
/// <param name="At">What the clock showed.</param>
internal sealed record Beginning(string? Store, EarlierRuns Earlier, Instant At)
{
    /// <summary>One sentence for people.</summary>
    public string Text => this switch
    {
        { Store: null } => "kept in memory: it ends with the program",
        { Earlier.IsNone: true } => $"kept in {Store}: kill me, start me again, and I go on",
        { Earlier.CutOff: 0 } => string.Create(CultureInfo.InvariantCulture, $"goes on with {Store}: {Earlier.Totals.Runs} runs before"),
        _ => string.Create(CultureInfo.InvariantCulture, $"goes on with {Store}: {Earlier.Totals.Runs} runs before, {Earlier.CutOff} cut off, to run again"),
    };
}
