namespace Scheduling.Promise;

/// <summary>A scenario broke the promise: what was broken, what happened before, and at the very end, where a log that was cut still has it, how to see it again.</summary>
public sealed class PromiseBrokenException(Exception cause, PromiseScenario scenario, Transcript transcript)
    : Exception($"{cause.GetType().Name}: {cause.Message}{Environment.NewLine}What happened last:{Environment.NewLine}{string.Join(Environment.NewLine, transcript.Lines(last: 150))}{Environment.NewLine}To see it again: SCHEDULING_SCENARIO=\"{scenario}\"", cause);
