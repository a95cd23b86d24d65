using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.CompilerServices;
using Scheduling.Cron;

namespace Scheduling.Tests;

/// <summary>The mutant that is switched on. Stryker compiles all of them into one assembly, with a field that says which is active, and names the one to test in a file.</summary>
/// <remarks>
/// Taken over from Stryker's own reading of the file, because this process tests one mutant after the other: statics must come to life without any mutant,
/// and a mutant that never ends must be switched off to end.
/// </remarks>
internal static class Mutant
{
    /// <summary>No mutant is active.</summary>
    public const int None = -1;

    private const string FileVariable = "STRYKER_MUTANT_FILE";

    private static readonly FieldInfo? Switch = typeof(CronExpression).Assembly.GetTypes()
        .FirstOrDefault(static type => type.Name is "MutantControl")?.GetField("ActiveMutant");

    private static string? _file;

    /// <summary>Whether the code under test has mutants at all; it has none in Stryker's first run, nor in a run by hand.</summary>
    public static bool Exists => Switch is not null;

    /// <summary>The mutant Stryker asks for.</summary>
    public static int Asked => _file is { Length: > 0 } file ? BinaryPrimitives.ReadInt32LittleEndian(ReadShared(file)) : None;

    /// <summary>Switches a mutant on, and every other one off.</summary>
    public static void Activate(int id) => Switch?.SetValue(null, id);

    /// <summary>Before any code under test runs: Stryker's injected code must not find the file.</summary>
    [ModuleInitializer]
    internal static void TakeOver()
    {
        _file = Environment.GetEnvironmentVariable(FileVariable);
        Environment.SetEnvironmentVariable(FileVariable, null);
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var id = new byte[sizeof(int)];
        stream.ReadExactly(id);
        return id;
    }
}
