namespace Scheduling.Core.Tests.Client;

/// <summary>A cursor is opaque, belongs to its tenant and question, and anything else is refused.</summary>
public class PageCursorTests
{
    private const string Question = "jobs\u001Facme";
    private static readonly Guid Last = new("019a9d2e-5c1f-7c3a-9f00-0123456789ab");

    [Fact]
    public void Read_WhatWriteGave_IsTheLastId()
    {
        var cursor = PageCursor.Write(Question, Last);

        Assert.Equal(Last, PageCursor.Read(Question, cursor));
        Assert.Matches("^[A-Za-z0-9_-]{34}$", cursor);
        Assert.Equal(Guid.Empty, PageCursor.Read(Question, PageCursor.Write(Question, Guid.Empty)));
    }

    [Fact]
    public void Read_NoCursor_IsTheFirstPage() => Assert.Null(PageCursor.Read(Question, null));

    [Fact]
    public void Write_SameQuestionAndId_IsTheSameText() => Assert.Equal("AbDCYLH44Ea6AZqdLlwffDqfAAEjRWeJqw", PageCursor.Write(Question, Last));

    public static TheoryData<string> Foreign =>
    [
        "", " ", "x", "1", "next", "AAAA", new string('A', 33), new string('A', 34), new string('A', 35), new string('A', 100_000), "AbDCYLH44Ea6AZqdLlwffDqfAAEjRWeJqx", "AbDCYLH44Ea6AZqdLlwffDqfAAEjRWeJ==", "AbDCYLH44Ea6AZqdLlwffDqfAAEjRWeJ w", "☃", "a\0b", "' or 1=1 --",
        PageCursor.Write("jobs\u001Fglobex", Last), PageCursor.Write("executions\u001Facme", Last),
    ];

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Read_ForeignCursor_IsRefused(string cursor)
    {
        var refused = Assert.Throws<InvalidCursorException>(() => PageCursor.Read(Question, cursor));

        Assert.Equal(cursor, refused.Cursor);
        Assert.True(refused.Message.Length < 300);
        Assert.Contains("first page", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyByteOfTheQuestionOrVersionChanged_IsRefused()
    {
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(PageCursor.Write(Question, Last));
        for (var place = 0; place < 9; place++)
        {
            var changed = bytes.ToArray();
            changed[place] ^= 1;
            Assert.Throws<InvalidCursorException>(() => PageCursor.Read(Question, System.Buffers.Text.Base64Url.EncodeToString(changed)));
        }
    }
}
