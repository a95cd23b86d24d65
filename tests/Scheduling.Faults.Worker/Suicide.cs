using System.Diagnostics;

namespace Scheduling.Faults;

/// <summary>Kills this process with SIGKILL.</summary>
internal static class Suicide
{
    public static void Commit()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();

        // The signal is on its way; nothing may happen until it is here.
        new ManualResetEventSlim().Wait();
    }
}
