using Scheduling.Storage;

namespace Scheduling.Hosting;

/// <summary>A store as a program chose it.</summary>
internal sealed class StoreDeclaration
{
    /// <summary>How the choice was made, for messages: <c>UseInMemory</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Makes the store.</summary>
    public required Func<IServiceProvider, ISchedulingStore> Create { get; init; }
}
