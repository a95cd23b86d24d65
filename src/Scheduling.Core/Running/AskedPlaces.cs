using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>Places that a claim asks the store to fill.</summary>
/// <param name="Count">How many.</param>
/// <param name="Left">How many free ones it does not ask for.</param>
/// <param name="IsNarrowed">Whether it asks for fewer of an executor because another claim asks for the rest.</param>
/// <param name="Executors">How many of each executor.</param>
internal sealed record AskedPlaces(int Count, int Left, bool IsNarrowed, ExecutorCapacity[] Executors);
