namespace Scheduling.Promise;

/// <summary>A scenario broke the promise: what was broken, and what happened before.</summary>
public sealed class PromiseBrokenException(Exception cause, Transcript transcript)
    : Exception($"{cause.GetType().Name}: {cause.Message}{Environment.NewLine}What happened last:{Environment.NewLine}{string.Join(Environment.NewLine, transcript.Lines(last: 150))}", cause);
