using Scheduling.Architecture.Tests.Source;

namespace Scheduling.Architecture.Tests.Api;

/// <summary>
/// The public API of each package is a text file beside this test, reviewed with every change. <c>UPDATE_API=1 dotnet test --project tests/Scheduling.Architecture.Tests</c> writes it anew.
/// </summary>
public class ApiBaselineTests
{
    public static TheoryData<string> Packages => [.. Repository.Packages];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_PublicApi_IsTheReviewedOne(string package)
    {
        var file = Repository.PathOf("tests", "Scheduling.Architecture.Tests", "Api", package + ".txt");
        var actual = ApiText.Of(PublicApi.Load(package));
        if (Environment.GetEnvironmentVariable("UPDATE_API") == "1")
            File.WriteAllText(file, actual);
        var expected = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";

        Assert.True(string.Equals(expected, actual, StringComparison.Ordinal), Difference(package, expected.Split('\n'), actual.Split('\n')));
    }

    [Fact]
    public void Baselines_EachBelongsToAPackage() =>
        Assert.Equal(Repository.Packages.ToArray(), Repository.Files(Repository.PathOf("tests", "Scheduling.Architecture.Tests", "Api"), ".txt").Select(file => Path.GetFileNameWithoutExtension(file)).ToArray());

    private static string Difference(string package, string[] expected, string[] actual)
    {
        var gone = expected.Except(actual, StringComparer.Ordinal).Select(line => "- " + line.Trim());
        var came = actual.Except(expected, StringComparer.Ordinal).Select(line => "+ " + line.Trim());
        return $"""
            The public API of {package} is not the reviewed one:
            {string.Join('\n', gone.Concat(came).Take(60))}
            If that is meant: UPDATE_API=1 dotnet test --project tests/Scheduling.Architecture.Tests, and review the change of Api/{package}.txt.
            """;
    }
}
