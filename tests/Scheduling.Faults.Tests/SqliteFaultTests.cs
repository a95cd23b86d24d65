namespace Scheduling.Faults.Tests;

public sealed class SqliteFaultTests : FaultTests
{
    private protected override async Task<World> CreateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("scheduling-faults-").FullName;
        var settings = new WorkerSettings
        {
            Node = "control",
            Store = "sqlite",
            Connection = $"Data Source={Path.Combine(folder, "jobs.db")}",
            Log = Path.Combine(folder, "runs"),
        };
        return await new World(settings, () => Directory.Delete(folder, recursive: true)).InitializeAsync();
    }
}
