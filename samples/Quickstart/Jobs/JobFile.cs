using System.Text;
using System.Text.Json;

namespace Quickstart.Jobs;

/// <summary>The jobs of a file, or everything that is wrong with it.</summary>
internal sealed record JobFile(IReadOnlyList<JobEntry> Jobs, IReadOnlyList<string> Problems)
{
    /// <summary>More than anybody writes by hand, and little enough to be read whole.</summary>
    private const long LargestFile = 16 * 1024 * 1024;

    private static readonly JsonDocumentOptions Json = new()
    {
        // The file is written by people: comments are welcome, and a member that is there twice is a mistake.
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads and checks a file; never throws for what stands in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="executors">The executors that there are.</param>
    /// <param name="time">The clock that the jobs will run by: whether a schedule ever comes round depends on it.</param>
    public static async Task<JobFile> ReadAsync(string path, IReadOnlyList<string> executors, TimeProvider time)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                return Refused($"{path}: is larger than 16 MB");
            var text = await File.ReadAllBytesAsync(path);
            using var document = JsonDocument.Parse(text.AsMemory(text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0), Json);
            var reader = new JobFileReader(executors, time);
            return await reader.ReadAsync(document.RootElement);
        }
        catch (JsonException broken)
        {
            return Refused($"{path}: is not JSON: {broken.Message}");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Refused($"{path}: cannot be read: {unreadable.Message}");
        }
    }

    private static JobFile Refused(string problem) => new([], [problem]);
}
