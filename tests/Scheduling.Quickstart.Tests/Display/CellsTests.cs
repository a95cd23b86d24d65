using NodaTime;
using Quickstart.Display;

namespace Quickstart.Tests.Display;

public class CellsTests
{
    [Theory]
    [InlineData("abc", 5, "abc  ")]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("abc", 0, "")]
    [InlineData("作业", 5, "作业 ")]
    [InlineData("作业", 4, "作业")]
    [InlineData("作业", 3, "作…")]
    [InlineData("作业", 2, "… ")]
    [InlineData("e\u0301a", 2, "e\u0301a")]
    [InlineData("a\nb\u202Ec", 5, "a·b·c")]
    public void Fit_OfText_IsAsWideAsWanted(string text, int width, string expected) => Assert.Equal(expected, Cells.Fit(text, width));

    [Fact]
    public void Fit_ToTheRight_FillsBefore() => Assert.Equal("  7", Cells.Fit("7", 3, right: true));

    [Theory]
    [InlineData(-5, "0s")]
    [InlineData(0, "0s")]
    [InlineData(59, "59s")]
    [InlineData(60, "1m")]
    [InlineData(3_599, "59m")]
    [InlineData(4_200, "1h10m")]
    [InlineData(86_399, "23h59m")]
    [InlineData(273_600, "3d04h")]
    public void Short_OfADuration_IsTwoUnits(int seconds, string expected) => Assert.Equal(expected, TimeText.Short(Duration.FromSeconds(seconds)));
}
