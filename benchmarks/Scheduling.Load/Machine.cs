namespace Scheduling.Load;

/// <summary>What this runs on; a figure without it says little.</summary>
internal static class Machine
{
    public static string Cpu()
    {
        const string Info = "/proc/cpuinfo";
        var line = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(static l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "unknown CPU";
    }

    public static string LoadAverage()
    {
        const string Load = "/proc/loadavg";
        return File.Exists(Load) ? File.ReadAllText(Load).Split(' ')[0] : "unknown";
    }
}
