using Scheduling.TestKit.Services;

namespace PollingService.Tests;

/// <summary>One service for all rows of a class that move no time and leave nothing behind that another row would see.</summary>
public sealed class SharedService<TStore> : IAsyncLifetime
    where TStore : IServiceStore, new()
{
    private Service? _service;

    internal Service Service => _service ?? throw new InvalidOperationException("The fixture has not been started.");

    public async ValueTask InitializeAsync() => _service = await Service.StartAsync<TStore>();

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
