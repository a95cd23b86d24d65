using System.Diagnostics.CodeAnalysis;

namespace PollingService.Api;

/// <summary>An id names nothing of the account; what belongs to another account is not there either. The message does not repeat the id.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Made with the field only.")]
internal sealed class NotFoundException(string field) : Exception($"{field} names nothing of this account.")
{
    public string Field { get; } = field;
}
