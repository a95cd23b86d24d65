using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace Scheduling.DataProtection.Tests;

/// <summary>A key ring in a folder of its own, as several processes would share it: each call of <see cref="Open"/> is one of them.</summary>
internal sealed class KeyRing : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scheduling-keys-");

    public IServiceProvider Open(string application = "tests")
    {
        var services = new ServiceCollection();
        services.AddDataProtection().PersistKeysToFileSystem(_folder).SetApplicationName(application);
        return services.BuildServiceProvider();
    }

    public DataProtectionSecretProtector Protector(string application = "tests") => Of(Open(application));

    public static DataProtectionSecretProtector Of(IServiceProvider process) =>
        new(process.GetRequiredService<IDataProtectionProvider>(), process.GetRequiredService<IKeyManager>());

    /// <summary>Adds a key that seals from now on in every process that is opened later; one that is open takes it up by and by.</summary>
    public static void AddKey(IServiceProvider process)
    {
        var now = TimeProvider.System.GetUtcNow();
        process.GetRequiredService<IKeyManager>().CreateNewKey(now, now.AddDays(90));
    }

    /// <summary>Throws away a key's file.</summary>
    public void Lose(string keyId) => File.Delete(Path.Combine(_folder.FullName, $"key-{keyId["data-protection:".Length..]}.xml"));

    public void Dispose() => _folder.Delete(recursive: true);
}
