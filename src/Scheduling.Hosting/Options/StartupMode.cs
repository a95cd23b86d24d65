namespace Scheduling.Hosting;

/// <summary>What the start of the host does about the store.</summary>
public enum StartupMode
{
    /// <summary>The host starts at once; the store is made ready in the background, as often as it takes.</summary>
    Background = 0,

    /// <summary>The host's start waits until the store is ready and the program's own jobs are in it, and fails when the first attempt fails.</summary>
    RequireStore = 1,
}
