using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace PollingService.Access;

/// <summary>Lets in whoever brings a key of the section <c>ApiKeys</c>, as the account that stands there. Stands for whatever a real service has.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IConfiguration configuration)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "ApiKey";
    public const string Header = "X-Api-Key";
    public const string AccountClaim = "account";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header] is not [{ Length: > 0 } given])
            return Task.FromResult(AuthenticateResult.NoResult());
        foreach (var account in configuration.GetSection("ApiKeys").GetChildren())
        {
            if (account.Value is { Length: > 0 } key && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(given)))
                return Task.FromResult(AuthenticateResult.Success(TicketOf(account.Key)));
        }
        return Task.FromResult(AuthenticateResult.Fail("The key is unknown."));
    }

    private static AuthenticationTicket TicketOf(string account) =>
        new(new ClaimsPrincipal(new ClaimsIdentity([new Claim(AccountClaim, account)], Scheme)), Scheme);
}
