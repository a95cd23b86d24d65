using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Core.Tests.Identity;

/// <summary>faults.md G6: names of tenants, jobs and executors are any text of 1-128 characters that cannot forge a log line or be taken for another.</summary>
public class IdentityTextTests
{
    public static TheoryData<string> Allowed =>
    [
        "a", new string('x', 128), "acme", "Acme", "two words", "😀🚀", "東京", "Straße", "e\u0301", "it's", "\"quoted\"", "`tick`", "100%", "under_score", @"back\slash", "../../etc/passwd", "'; drop table jobs; --",
        "<script>alert(1)</script>", "=cmd()", "{0}", "$(id)", "a\u202Eb", "a\u200Bb", "null", "NULL", "0", "-1", "CON", "a/b", "a:b", "a|b", "#", "?", "*", "👨‍👩‍👧",
    ];

    public static TheoryData<string, string> Refused => new()
    {
        { "", "empty" },
        { new string('x', 129), "129 characters" },
        { new string('x', 1_000_000), "1000000 characters" },
        { " a", "white space" }, { "a ", "white space" }, { " ", "white space" }, { "\ta", "white space" }, { "a\n", "white space" }, { "\u00A0a", "white space" }, { "a\u3000", "white space" },
        { "a\0b", "position 1" }, { "a\nb", "position 1" }, { "ab\rc", "position 2" }, { "a\tb", "position 1" }, { "a\u001Bb", "position 1" }, { "a\u007Fb", "position 1" },
        { "a\u0085b", "position 1" }, { "a\u009Fb", "position 1" }, { "a\u2028b", "position 1" }, { "a\u2029b", "position 1" },
        { "a\uD800b", "half a surrogate pair" }, { "a\uDC00b", "half a surrogate pair" }, { "ab\uD83D", "half a surrogate pair" },
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Name_Allowed_IsKeptAsItIs(string name)
    {
        Assert.Equal(name, new TenantId(name).Value);
        var job = Planning.EditCase.Edits.Create(new TenantId(name), JobId.New(default), Definition(name), default);
        Assert.Equal((name, name, name), (job.Tenant.Value, job.Key, job.Executor));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Name_NotAllowed_IsRefusedNamingFieldAndRule(string name, string why)
    {
        var tenant = Assert.Single(Assert.Throws<SchedulingValidationException>(() => new TenantId(name)).Errors);
        Assert.Equal(("tenant", IdentityText.Allowed), (tenant.Field, tenant.Allowed));
        Assert.Contains(why, tenant.Message, StringComparison.Ordinal);
        Assert.True(tenant.Message.Length < 300);
        Assert.DoesNotContain(tenant.Message + tenant.Given, char.IsControl);

        var job = Assert.Throws<SchedulingValidationException>(() => Planning.EditCase.Edits.Create(Planning.EditCase.Tenant, JobId.New(default), Definition(name), default));
        Assert.Equal(["key", "executor", "spreadKey"], [.. job.Errors.Select(error => error.Field)]);
    }

    [Fact]
    public void TenantId_Default_IsNoTenant()
    {
        Assert.True(default(TenantId).IsDefault);
        Assert.Equal("", default(TenantId).Value);
        Assert.Equal("tenant", Assert.Single(Assert.Throws<SchedulingValidationException>(() => new TenantId(null!)).Errors).Field);
        Assert.NotEqual(default, new TenantId("a"));
    }

    [Fact]
    public void TenantId_ComparesOrdinally()
    {
        Assert.NotEqual(new TenantId("acme"), new TenantId("Acme"));
        Assert.NotEqual(new TenantId("é"), new TenantId("e\u0301"));
        Assert.True(new TenantId("Z") < new TenantId("a"));
        Assert.True(new TenantId("b") > new TenantId("a"));
        Assert.True(new TenantId("a") <= new TenantId("a") && new TenantId("a") >= new TenantId("a"));
        Assert.Equal(new TenantId("a" + new string('b', 3)).GetHashCode(), new TenantId("abbb").GetHashCode());
    }

    [Fact]
    public void Shorten_TextThatForgesALine_IsMadeVisibleAndCut()
    {
        Assert.Equal("a·b·c·d", IdentityText.Shorten("a\nb\u202Ec\u001Bd"));
        Assert.Equal(41, IdentityText.Shorten(new string('x', 100)).Length);
        Assert.Equal("'" + new string('x', 128) + "…'", JobRef.FromString(new string('x', 500)).ToString());
    }

    private static JobDefinition Definition(string name) => new() { Key = name, Executor = name, SpreadKey = name, Schedule = Schedule.Manual };
}
