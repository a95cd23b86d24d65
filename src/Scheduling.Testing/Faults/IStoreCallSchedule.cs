namespace Scheduling.Testing;

/// <summary>Decides when a call that waits goes on: on a harness's one thread, in its order. Without one, calls go on at once and on the thread pool.</summary>
internal interface IStoreCallSchedule
{
    /// <summary>Whether each call lets others go first.</summary>
    bool GivesWay { get; }

    /// <summary>Whether the caller's process is gone, so that its calls never come back.</summary>
    bool IsGone { get; }

    /// <summary>Lets what waits for the source go on, in its turn.</summary>
    void Resume(TaskCompletionSource waiting);

    /// <summary>A call began, came back, or began to wait: whoever waits for things to come to rest looks again.</summary>
    void Changed();

    /// <summary>A job was written, so that its key is known.</summary>
    void Written(Job job);
}
