using System.Buffers.Binary;
using System.Diagnostics;

namespace Scheduling.TestKit.Postgres;

/// <summary>
/// A wall clock for one process alone, moved while the process runs; its monotonic clock stays true. A small library (skew.c) that is loaded before all others adds what a file says to each
/// reading of the time. Needs a C compiler.
/// </summary>
public sealed class SkewedClock : IDisposable
{
    private static readonly Lazy<string?> Library = new(Compile);
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("scheduling-clock-").FullName, "offset");

    /// <summary>Makes a clock.</summary>
    /// <param name="offset">By how much it is ahead.</param>
    public SkewedClock(TimeSpan offset = default)
    {
        Offset = offset;
        if (!OperatingSystem.IsWindows())
        {
            // A server runs under another account.
            File.SetUnixFileMode(Path.GetDirectoryName(_file)!, (UnixFileMode)Convert.ToInt32("755", 8));
            File.SetUnixFileMode(_file, (UnixFileMode)Convert.ToInt32("644", 8));
        }
    }

    /// <summary>Whether such clocks can be made here.</summary>
    public static bool IsAvailable => Library.Value is not null;

    /// <summary>By how much it is ahead of the machine's; set it to make it jump.</summary>
    public TimeSpan Offset
    {
        get;
        set
        {
            field = value;
            var bytes = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value.Ticks * 100);
            using var file = new FileStream(_file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            file.Write(bytes); // in place: processes have mapped the file
        }
    }

    /// <summary>What a process must find in its environment to go by this clock.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LD_PRELOAD"] = Library.Value ?? throw new InvalidOperationException("There is no C compiler (cc) here to make skew.c with."),
        ["SKEW_FILE"] = _file,
    };

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    private static string? Compile()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "skew.c");
        var library = Path.Combine(Path.GetTempPath(), $"scheduling-skew-{System.Environment.ProcessId}.so");
        if (!OperatingSystem.IsLinux() || !File.Exists(source))
            return null;
        try
        {
            using var compiler = Process.Start("cc", ["-O2", "-shared", "-fPIC", "-o", library, source, "-ldl"]);
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? library : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no compiler: tests that need it are skipped and say so
        }
    }
}
