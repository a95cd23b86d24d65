using System.Globalization;
using System.Text;

namespace Scheduling.Faults;

/// <summary>The file of what was really done: one for each process, a line whenever a run begins or ends.</summary>
internal sealed class RunFile(string folder) : IDisposable
{
    private readonly FileStream _file = new(Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Dispose() => _file.Dispose();

    public void Write(string what, string node, JobContext run)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{what}\t{run.Tenant}\t{run.JobKey}\t{run.ScheduledFor:uuuu-MM-dd'T'HH:mm:ss'Z'}\t{run.ExecutionId}\t{run.Attempt}\t{run.Token}\t{node}\t{TimeProvider.System.GetUtcNow():O}");
        Write(line);
    }

    public void Write(string line)
    {
        line += "\n";
        lock (_file)
            _file.Write(Encoding.UTF8.GetBytes(line));
    }
}
