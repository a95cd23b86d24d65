namespace Scheduling;

/// <summary>A line of a stream; its bytes are valid until the next line is asked for.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Utf8">Without what ended it; empty when it is too long.</param>
/// <param name="IsTooLong">Whether it was longer than allowed and passed over.</param>
internal readonly record struct JsonLine(long Number, ReadOnlyMemory<byte> Utf8, bool IsTooLong);
