using System.Diagnostics.CodeAnalysis;

namespace PollingService.Api;

/// <summary>The account has no such instance; another account's is not there either.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Made in one place, with the id.")]
internal sealed class InstanceNotFoundException(string id) : Exception($"There is no integration instance '{(id.Length <= 64 ? id : id[..64])}'.");
