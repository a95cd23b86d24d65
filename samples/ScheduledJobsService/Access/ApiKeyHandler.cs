using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ScheduledJobsService.Access;

/// <summary>Lets in whoever brings the key of a caller of the section <c>Callers</c>, with the instances that stand there. Stands for whatever a real service has.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IConfiguration configuration)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "ApiKey";
    public const string Header = "X-Api-Key";
    public const string InstanceClaim = "instance";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header] is not [{ Length: > 0 } given])
            return Task.FromResult(AuthenticateResult.NoResult());
        foreach (var caller in configuration.GetSection("Callers").GetChildren())
        {
            if (caller["Key"] is { Length: > 0 } key && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(given)))
                return Task.FromResult(AuthenticateResult.Success(TicketOf(caller)));
        }
        return Task.FromResult(AuthenticateResult.Fail("The key is unknown."));
    }

    private static AuthenticationTicket TicketOf(IConfigurationSection caller)
    {
        var instances = caller.GetSection("Instances").GetChildren().Select(static instance => new Claim(InstanceClaim, instance.Value ?? ""));
        return new(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Key), .. instances], Scheme)), Scheme);
    }
}
