using NodaTime;
using Scheduling.Policies;

namespace Scheduling.Core.Tests.Policies;

public class AdmissionRulesTests
{
    [Fact]
    public void Rules_ValuesOutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdmissionRules { MaximumJobs = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdmissionRules { MaximumPayloadBytes = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdmissionRules { MinimumSpacing = Duration.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdmissionRules { MinimumSpacing = -Duration.Epsilon });
    }

    [Fact]
    public void Rules_EdgeValues_AreTaken()
    {
        var rules = new AdmissionRules { MaximumJobs = 0, MaximumPayloadBytes = 0, MinimumSpacing = Duration.Epsilon };

        Assert.Equal((0, 0, Duration.Epsilon), (rules.MaximumJobs, rules.MaximumPayloadBytes, rules.MinimumSpacing));
        Assert.Equal(AdmissionRules.None, new AdmissionRules());
    }
}
