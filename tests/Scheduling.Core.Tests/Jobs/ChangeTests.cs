namespace Scheduling.Core.Tests.Jobs;

public class ChangeTests
{
    [Fact]
    public void Change_UnsetValueAndNull_Differ()
    {
        Change<string?> unset = default;
        Change<string?> value = "x";
        Change<string?> cleared = (string?)null;

        Assert.Equal((false, true, true), (unset.IsSet, value.IsSet, cleared.IsSet));
        Assert.Equal(("old", "x", null), (unset.Or("old"), value.Or("old"), cleared.Or("old")));
        Assert.Null(cleared.Value);
        Assert.NotEqual(unset, cleared);
        Assert.Throws<InvalidOperationException>(() => unset.Value);
    }
}
