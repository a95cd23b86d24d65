using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Scheduling.DataProtection;
using Scheduling.Hosting;
using Scheduling.Secrets;

namespace Scheduling;

/// <summary>Chooses ASP.NET Core Data Protection for the secrets of tenants.</summary>
public static class DataProtectionSchedulingBuilderExtensions
{
    /// <summary>
    /// Encrypts tenants' secrets with the program's Data Protection key ring. Keys in <see cref="SchedulingOptions.SecretKeys"/>, if there are any, still open what they sealed, until a rotation has encrypted it anew.
    /// </summary>
    /// <remarks>
    /// Adds Data Protection with its defaults unless the program has configured it. With several nodes configure it: <c>services.AddDataProtection().SetApplicationName(…).PersistKeysTo…</c>, the same name and the same ring in each, or a secret
    /// that one node seals does not open on another. An <see cref="ISecretProtector"/> that the program registered before stays.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static SchedulingBuilder UseDataProtection(this SchedulingBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddDataProtection();
        builder.Services.TryAddSingleton<ISecretProtector>(static services => new DataProtectionSecretProtector(
            services.GetRequiredService<IDataProtectionProvider>(), services.GetService<IKeyManager>(), FormerOf(services)));
        return builder;
    }

    private static AesGcmSecretProtector? FormerOf(IServiceProvider services) =>
        services.GetRequiredService<IOptions<SchedulingOptions>>().Value.SecretKeys is { Count: > 0 } keys ? new AesGcmSecretProtector([.. keys]) : null;
}
