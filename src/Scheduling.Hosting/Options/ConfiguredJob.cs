namespace Scheduling.Hosting;

/// <summary>A job of the configuration and where each of its fields stands there.</summary>
/// <param name="path">The path of its section.</param>
/// <param name="paths">The configuration path of each field, by the field's path in the document.</param>
internal sealed class ConfiguredJob(string path, IReadOnlyDictionary<string, string> paths)
{
    /// <summary>What is wrong, each problem with its configuration path.</summary>
    public IEnumerable<string> Problems(Exception refusal) => refusal is SchedulingValidationException invalid
        ? invalid.Errors.Select(error => $"{PathOf(error.Field)}: {error.Message}")
        : [$"{path}: {refusal.Message}"];

    // A field that is missing is told at the object that lacks it.
    private string PathOf(string field)
    {
        for (var known = field; known.Length > 0; known = known.LastIndexOf('.') is var dot and > 0 ? known[..dot] : "")
        {
            if (paths.TryGetValue(known, out var at))
                return at;
        }
        return path;
    }
}
