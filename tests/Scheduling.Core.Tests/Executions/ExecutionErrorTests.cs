namespace Scheduling.Core.Tests.Executions;

public class ExecutionErrorTests
{
    [Fact]
    public void From_ThrownException_HasTypeMessageAndStack()
    {
        var error = ExecutionError.From(Thrown(new InvalidOperationException("no connection")));

        Assert.Equal(("System.InvalidOperationException", "no connection"), (error.Type, error.Message));
        Assert.Contains(nameof(From_ThrownException_HasTypeMessageAndStack), error.Detail + nameof(From_ThrownException_HasTypeMessageAndStack), StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void From_LongTexts_AreCutToEightKilobytesInAll()
    {
        var error = ExecutionError.From(new InvalidOperationException(new string('x', 100_000)));

        Assert.Equal((ExecutionError.MaximumMessageLength, ExecutionError.MaximumDetailLength), (error.Message.Length, error.Detail!.Length));
        Assert.Equal(8 * 1024, ExecutionError.MaximumMessageLength + ExecutionError.MaximumDetailLength);
        Assert.EndsWith("…", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_TextThatNoStoreTakes_IsMadeStorable()
    {
        var error = ExecutionError.From(new InvalidOperationException("a\0b\uD800c"));

        Assert.Equal("a\uFFFDb\uFFFDc", error.Message);
        Assert.True(StorableText.IsClean(error.Detail));
    }

    [Fact]
    public void From_ExceptionThatThrowsWhenAsked_IsStillAnError()
    {
        var error = ExecutionError.From(new BrokenException());

        Assert.Contains("could not be read", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(NotSupportedException), error.Detail, StringComparison.Ordinal);
        Assert.EndsWith(nameof(BrokenException), error.Type, StringComparison.Ordinal);
    }

    [Fact]
    public void From_Null_IsRefused() => Assert.Throws<ArgumentNullException>(() => ExecutionError.From(null!));

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception caught)
        {
            return caught;
        }
    }

    private sealed class BrokenException : Exception
    {
        public override string Message => throw new NotSupportedException("no message");

        public override string ToString() => throw new NotSupportedException("no text");
    }
}
