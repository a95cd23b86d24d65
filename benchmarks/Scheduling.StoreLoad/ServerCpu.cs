using System.Globalization;

namespace Scheduling.Load;

/// <summary>Processor time of a PostgreSQL server and all its backends, from /proc.</summary>
internal static class ServerCpu
{
    /// <summary>Milliseconds used so far by the processes whose command line or whose parent's names the port.</summary>
    public static double Of(int port)
    {
        var marker = string.Create(CultureInfo.InvariantCulture, $"port={port}");
        var server = Processes().FirstOrDefault(id => Read(id, "cmdline").Contains(marker, StringComparison.Ordinal) && Read(id, "cmdline").StartsWith('/'));
        if (server == 0)
            return 0;
        double ticks = 0;
        foreach (var id in Processes())
        {
            var stat = Read(id, "stat");
            var end = stat.LastIndexOf(')');
            if (end < 0)
                continue;
            var fields = stat[(end + 2)..].Split(' ');
            var isServer = id == server;
            if (!isServer && !string.Equals(fields[1], server.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
                continue;
            ticks += double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);

            // Backends that have ended count in the server's own record of its children.
            if (isServer)
                ticks += double.Parse(fields[13], CultureInfo.InvariantCulture) + double.Parse(fields[14], CultureInfo.InvariantCulture);
        }
        return ticks * 10; // 100 ticks a second
    }

    private static IEnumerable<int> Processes() =>
        Directory.EnumerateDirectories("/proc").Select(static path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(static id => id > 0);

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}"));
        }
        catch (IOException)
        {
            return ""; // It ended meanwhile.
        }
    }
}
