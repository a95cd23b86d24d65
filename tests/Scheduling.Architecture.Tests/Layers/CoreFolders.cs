namespace Scheduling.Architecture.Tests.Layers;

/// <summary>The table of design section 3: a folder of Core may use those before it, and itself.</summary>
internal static class CoreFolders
{
    public static readonly string[] InOrder =
        ["Identity", "Cron", "Schedules", "Policies", "Executions", "Jobs", "Secrets", "Planning", "Storage", "Running", "Client"];

    public static bool MayUse(string folder, string other) => Array.IndexOf(InOrder, other) <= Array.IndexOf(InOrder, folder);
}
