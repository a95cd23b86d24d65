using System.Globalization;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Wakes;

/// <summary>The notification channel of one schema, and what is said on it: who says it and what for.</summary>
internal sealed class WakeChannel
{
    private readonly string _self;

    public WakeChannel(string schema, Guid self)
    {
        // A channel is an identifier of at most 63 bytes; two schemas whose names hash alike would only wake each other in vain.
        Name = string.Create(CultureInfo.InvariantCulture, $"scheduling_{SpreadHash.Of(schema):x16}");
        _self = self.ToString("N");
    }

    public string Name { get; }

    public string Write(StoreWake wake) => string.Create(CultureInfo.InvariantCulture, $"{_self} {(int)wake}");

    /// <summary>What a message of another process wakes for; nothing for one's own and for what nobody understands.</summary>
    public StoreWake Read(string message)
    {
        var gap = message.IndexOf(' ', StringComparison.Ordinal);
        return gap > 0 && !message.AsSpan(0, gap).SequenceEqual(_self) && int.TryParse(message.AsSpan(gap + 1), CultureInfo.InvariantCulture, out var wake)
            ? (StoreWake)wake & (StoreWake.Work | StoreWake.Cancel)
            : StoreWake.None;
    }
}
