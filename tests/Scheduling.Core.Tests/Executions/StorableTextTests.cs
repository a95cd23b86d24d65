namespace Scheduling.Core.Tests.Executions;

/// <summary>Whatever an executor says can be stored: no NUL, no half surrogate, no more than there is room for, and never half a character at the cut.</summary>
public class StorableTextTests
{
    // Not InlineData: attributes are stored as UTF-8, which has no half surrogates.
    public static TheoryData<string?, string?> Texts => new()
    {
        { null, null },
        { "", "" },
        { "plain", "plain" },
        { "😀 é 東", "😀 é 東" },
        { "line\nfeed\ttab", "line\nfeed\ttab" },
        { "a\0b", "a\uFFFDb" },
        { "\uD800", "\uFFFD" },
        { "\uDC00x", "\uFFFDx" },
        { "x\uD83D", "x\uFFFD" },
        { "\uDE00\uD83D", "\uFFFD\uFFFD" },
        { "\uD83D\uD83D\uDE00", "\uFFFD😀" },
        { "\0😀\0", "\uFFFD😀\uFFFD" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Clean_AnyText_HasNoNulAndNoHalfSurrogate(string? text, string? expected) => Assert.Equal(expected, StorableText.Clean(text, 100));

    [Theory]
    [InlineData("12345", "12345")]
    [InlineData("123456", "1234…")]
    [InlineData("123😀6", "123…")]
    [InlineData("12😀56", "12😀…")]
    [InlineData("1\03456", "1\uFFFD34…")]
    public void Clean_TooLong_IsCutBetweenCharacters(string text, string expected) => Assert.Equal(expected, StorableText.Clean(text, 5));

    [Fact]
    public void Clean_TextThatIsClean_IsTheSameInstance()
    {
        var text = new string('x', 50);

        Assert.Same(text, StorableText.Clean(text, 50));
    }

    [Fact]
    public void Clean_EveryPlaceOfASurrogate_LeavesWellFormedText()
    {
        var random = new Random(20260304);
        for (var round = 0; round < 2_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "a\0\uD83D\uDE00é"[random.Next(5)]));
            for (var most = 2; most < 14; most++)
            {
                var clean = StorableText.Clean(text, most)!;
                Assert.True(StorableText.IsClean(clean) && clean.Length <= most, $"seed 20260304, round {round}, at most {most}");
            }
        }
    }
}
