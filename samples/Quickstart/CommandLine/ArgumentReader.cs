using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Quickstart.CommandLine;

/// <summary>Reads the command line: <c>--name value</c> or <c>--name=value</c>, in any order; all problems at once.</summary>
internal sealed class ArgumentReader
{
    private static readonly string[] Names = ["--for", "--speed", "--start", "--jobs", "--store", "--plain", "--help"];

    private static readonly InstantPattern[] StartPatterns =
    [
        InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd"),
        InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm'Z'"),
        InstantPattern.General,
    ];

    private readonly List<string> _problems = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private Arguments _arguments = new();

    /// <summary>Reads the arguments; when there are problems, the arguments are of no use.</summary>
    public static (Arguments Arguments, IReadOnlyList<string> Problems) Read(IReadOnlyList<string> args)
    {
        var reader = new ArgumentReader();
        reader.ReadAll(new Queue<string>(args));
        return (reader._arguments, reader._problems);
    }

    private void ReadAll(Queue<string> args)
    {
        while (args.TryDequeue(out var arg))
        {
            var equals = arg.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (arg, null) : (arg[..equals], arg[(equals + 1)..]);
            if (name is "-h" or "-?")
                name = "--help";
            if (!Names.Contains(name, StringComparer.Ordinal))
                _problems.Add($"Unknown option '{name}'.");
            else if (!_seen.Add(name))
                _problems.Add($"{name} is given twice.");
            else if (name is "--plain" or "--help")
                ReadSwitch(name, value);
            else if ((value ?? Next(args)) is { } given)
                ReadValue(name, given);
            else
                _problems.Add($"{name} needs a value.");
        }
    }

    // The name of another option is no value: it was forgotten.
    private static string? Next(Queue<string> args) =>
        args.TryPeek(out var next) && !next.StartsWith("--", StringComparison.Ordinal) ? args.Dequeue() : null;

    private void ReadSwitch(string name, string? value)
    {
        if (value is not null)
            _problems.Add($"{name} takes no value.");
        _arguments = name is "--plain" ? _arguments with { Plain = true } : _arguments with { Help = true };
    }

    private void ReadValue(string name, string value)
    {
        switch (name)
        {
            case "--for":
                ReadFor(value);
                break;
            case "--speed":
                ReadSpeed(value);
                break;
            case "--start":
                ReadStart(value);
                break;
            case "--jobs":
                _arguments = _arguments with { JobsPath = value };
                break;
            default:
                ReadStore(value);
                break;
        }
    }

    private void ReadFor(string value)
    {
        var unit = value.Length > 1 ? value[^1] : ' ';
        var seconds = unit switch { 's' => 1, 'm' => 60, 'h' => 3_600, _ => 0 };
        if (seconds > 0 && int.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count > 0 && (long)count * seconds <= Arguments.LongestFor.TotalSeconds)
            _arguments = _arguments with { For = TimeSpan.FromSeconds((long)count * seconds) };
        else
            _problems.Add($"--for is '{value}': give a whole number of seconds, minutes or hours, such as 30s, 5m or 2h, at most 7 days.");
    }

    private void ReadSpeed(string value)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var speed) && speed is >= 1 and <= Arguments.HighestSpeed)
            _arguments = _arguments with { Speed = speed };
        else
            _problems.Add(string.Create(CultureInfo.InvariantCulture, $"--speed is '{value}': give a whole number from 1 (real time) to {Arguments.HighestSpeed} (a week a minute)."));
    }

    private void ReadStore(string value)
    {
        if (string.IsNullOrWhiteSpace(value))
            _problems.Add("--store is empty: give a file, or memory.");
        _arguments = _arguments with { Store = value };
    }

    private void ReadStart(string value)
    {
        if (value is "now")
            _arguments = _arguments with { StartsNow = true };
        else if (StartPatterns.Select(pattern => pattern.Parse(value)).FirstOrDefault(static parsed => parsed.Success) is { } start && IsInRange(start.Value))
            _arguments = _arguments with { Start = start.Value };
        else
            _problems.Add($"--start is '{value}': give now, a date such as 2026-03-01, or a time in UTC such as 2026-03-01T18:00Z, from 1970 to 2900.");
    }

    // Ids carry the time since 1970, and the clock needs room to run.
    private static bool IsInRange(Instant start) => start >= NodaConstants.UnixEpoch && start < Instant.FromUtc(2900, 1, 1, 0, 0);
}
