using System.Globalization;
using System.Net;
using System.Text.Json;
using Scheduling.TestKit.Services;

namespace PollingService.Tests;

/// <summary>Text that means something elsewhere is text here: it comes back as it was given or is refused with its field, and is never an error of the server.</summary>
public abstract class HostileTextTests<TStore>(SharedService<TStore> shared) : IClassFixture<SharedService<TStore>>
    where TStore : IServiceStore, new()
{
    [Theory]
    [ClassData(typeof(HostileTexts))]
    public async Task Names_ComeBackAsGiven_OrAreRefusedWithTheirField(string text)
    {
        var json = JsonSerializer.Serialize(text);

        var (status, answer) = await shared.Service.SendAsync(HttpMethod.Post, "/integrationInstances", $$"""{"name":{{json}},"description":{{json}}}""");

        if (status == HttpStatusCode.Created)
            Assert.Equal((text, text), ((string?)answer["name"], (string?)answer["description"]));
        else
            Assert.Contains("name", status == HttpStatusCode.BadRequest ? Service.FieldsOf(answer) : [status.ToString() + shared.Service.Server.Logs.LastProblem]);
    }

    [Theory]
    [ClassData(typeof(HostileTexts))]
    public async Task IdsAndCursors_ThatNobodyGaveOut_AreRefused(string text)
    {
        // A path with NUL is refused by the web server, before the service sees it.
        var given = Uri.EscapeDataString(text.Replace('\0', '0'));

        foreach (var path in new[] { "/integrationInstances/{0}", "/integrationInstances?cursor={0}", "/integrationJobs/{0}/events", "/integrationJobs?cursor={0}", "/integrationJobs?status={0}", "/integrationJobs?integrationInstanceId={0}" })
        {
            var (status, answer) = await shared.Service.SendAsync(HttpMethod.Get, string.Format(CultureInfo.InvariantCulture, path, given));

            Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{path}: {status} {answer.ToJsonString()} {shared.Service.Server.Logs.LastProblem}");
        }
    }
}
