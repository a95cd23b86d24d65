using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>The wakes that a transaction has given rise to; sent when it is committed.</summary>
internal sealed class GatheredWakes
{
    private StoreWake _gathered;

    public void Add(StoreWake wake) => _gathered |= wake;

    public void Remove(StoreWake wake) => _gathered &= ~wake;

    public StoreWake Peek => _gathered;

    public StoreWake Take()
    {
        var taken = _gathered;
        _gathered = StoreWake.None;
        return taken;
    }
}
