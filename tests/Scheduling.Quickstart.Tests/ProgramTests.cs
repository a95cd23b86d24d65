using System.Reflection;
using Quickstart.CommandLine;

namespace Quickstart.Tests;

/// <summary>The whole program, in this process. The tests of one class follow each other, and no other class uses the console.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TextWriter _consoleOut = Console.Out;
    private readonly TextWriter _consoleError = Console.Error;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private readonly string _jobs = Path.GetTempFileName();

    public ProgramTests()
    {
        Console.SetOut(_output);
        Console.SetError(_errors);
    }

    public void Dispose()
    {
        Console.SetOut(_consoleOut);
        Console.SetError(_consoleError);
        _output.Dispose();
        _errors.Dispose();
        File.Delete(_jobs);
    }

    [Fact]
    public void Main_WithHelp_ShowsUsage()
    {
        Assert.Equal(0, RunProgram("--help"));
        Assert.Equal(Arguments.Usage + _output.NewLine, _output.ToString());
    }

    [Fact]
    public void Main_WithAnUnknownOption_ShowsUsageAndStartsNothing()
    {
        Assert.Equal(2, RunProgram("--sped", "--for=1s"));
        Assert.Empty(_output.ToString());
        Assert.Contains("Unknown option '--sped'.", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(Arguments.Usage, _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Main_WithABadJob_NamesThePathAndStartsNothing()
    {
        File.WriteAllText(_jobs, """{ "jobs": [ { "tenant": "a", "key": "k", "executor": "cleanup", "schedule": { "frequencyType": "CRON_BASED", "cronExpression": "60 * * * *" } } ] }""");
        Assert.Equal(2, RunProgram("--for=1s", "--jobs", _jobs));
        Assert.Empty(_output.ToString());
        Assert.StartsWith("jobs[0].schedule.cronExpression: ", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Main_ForASecond_EndsWithTheHistory()
    {
        File.WriteAllText(_jobs, """{ "jobs": [ { "tenant": "a", "key": "k", "executor": "cleanup", "schedule": { "pollingInterval": "DISABLED" } } ] }""");
        Assert.Equal(0, RunProgram("--plain", "--for=1s", "--speed=1", "--store=memory", "--jobs", _jobs));
        Assert.Equal("0 runs: 0 succeeded, 0 failed, 0 skipped, 0 missed", _output.ToString().TrimEnd().Split(_output.NewLine)[^1]);
    }

    private static int RunProgram(params string[] args) => (int)Assembly.Load("Quickstart").EntryPoint!.Invoke(null, [args])!;
}
