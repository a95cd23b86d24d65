using System.Runtime.InteropServices;
using System.Text;
using NodaTime;
using SQLitePCL;

namespace Scheduling.Sqlite;

/// <summary>
/// A prepared statement, driven directly: values are bound in the order of the parameters' first appearance, columns are read in order. Hot statements run a million times a minute, and the
/// objects of an ADO.NET command would cost more than the statement itself.
/// </summary>
/// <remarks>Not thread-safe. A statement that was run or read to its end is ready for the next use; one that was left must be reset.</remarks>
internal sealed unsafe class Statement : IDisposable
{
    /// <summary>Room for the texts and ids of one use, so that SQLite need not copy them.</summary>
    private const int ScratchBytes = 2_048;

    private static readonly long FirstTick = Instant.MinValue.ToUnixTimeTicks();
    private static readonly long LastTick = Instant.MaxValue.ToUnixTimeTicks();

    private readonly Connection _connection;
    private readonly sqlite3_stmt _prepared;
    private readonly nint _handle;
    private readonly int _parameters;
    private byte* _scratch;
    private int _used;
    private int _bound;
    private int _failure;
    private int _column;

    public Statement(Connection connection, sqlite3_stmt prepared)
    {
        (_connection, _prepared, _handle) = (connection, prepared, prepared.DangerousGetHandle());
        _parameters = raw.sqlite3_bind_parameter_count(prepared);
    }

    public Statement Bind(long value)
    {
        Note(NativeMethods.Bind(_handle, ++_bound, value));
        return this;
    }

    public Statement Bind(long? value) => value is { } some ? Bind(some) : BindNull();

    public Statement Bind(bool value) => Bind(value ? 1L : 0L);

    public Statement Bind(Instant value) => Bind(value.ToUnixTimeTicks());

    public Statement Bind(Instant? value) => value is { } some ? Bind(some.ToUnixTimeTicks()) : BindNull();

    /// <summary>Ids are stored as 16 bytes in the order in which they sort.</summary>
    public Statement Bind(Guid value)
    {
        var room = Room(16);
        value.TryWriteBytes(room, bigEndian: true, out _);
        fixed (byte* bytes = room)
            Note(NativeMethods.BindBlob(_handle, ++_bound, bytes, 16, NativeMethods.Static));
        return this;
    }

    public Statement Bind(Guid? value) => value is { } some ? Bind(some) : BindNull();

    public Statement Bind(string? value)
    {
        if (value is null)
            return BindNull();
        if (value.Length * 3 > ScratchBytes - _used || value.Length == 0)
            return BindText(Encoding.UTF8.GetBytes(value));
        var room = Room(value.Length * 3);
        var length = Encoding.UTF8.GetBytes(value, room);
        fixed (byte* utf8 = room)
            Note(NativeMethods.BindText(_handle, ++_bound, utf8, length, NativeMethods.Static));
        _used -= room.Length - length;
        return this;
    }

    /// <summary>Text that is UTF-8 already; empty means NULL.</summary>
    public Statement BindUtf8(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? BindNull() : BindText(utf8);

    public Statement BindBlob(ReadOnlySpan<byte> value)
    {
        fixed (byte* bytes = value)
            Note(NativeMethods.BindBlob(_handle, ++_bound, bytes, value.Length, NativeMethods.Transient));
        return this;
    }

    /// <summary>Runs a statement that gives no rows, or whose rows do not matter.</summary>
    public void Run()
    {
        var code = Step();
        Reset();
        if (code is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
            throw _connection.Error(code);
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end; then the statement is reset.</returns>
    public bool Read()
    {
        var code = Step();
        if (code == raw.SQLITE_ROW)
            return true;
        Reset();
        return code == raw.SQLITE_DONE ? false : throw _connection.Error(code);
    }

    /// <summary>The first column of the first row as a number, or null when there is no row or no value.</summary>
    public long? ReadSingle()
    {
        long? value = Read() ? NextLongOrNull() : null;
        Reset();
        return value;
    }

    public void Reset()
    {
        _ = NativeMethods.Reset(_handle);
        (_bound, _used, _failure) = (0, 0, 0);
    }

    public bool IsNextNull => NativeMethods.ColumnType(_handle, _column) == raw.SQLITE_NULL;

    public long NextLong() => NativeMethods.ColumnLong(_handle, _column++);

    public int NextInt() => checked((int)NextLong());

    public bool NextBool() => NextLong() != 0;

    public long? NextLongOrNull()
    {
        if (!IsNextNull)
            return NextLong();
        _column++;
        return null;
    }

    public Instant NextInstant() => ToInstant(NextLong());

    public Instant? NextInstantOrNull() => NextLongOrNull() is { } ticks ? ToInstant(ticks) : null;

    public Guid NextGuid() => new(NextBytes(), bigEndian: true);

    public Guid? NextGuidOrNull()
    {
        if (!IsNextNull)
            return NextGuid();
        _column++;
        return null;
    }

    public string NextText() => Encoding.UTF8.GetString(NextBytes());

    public string? NextTextOrNull()
    {
        if (!IsNextNull)
            return NextText();
        _column++;
        return null;
    }

    /// <summary>The bytes of a text or blob, good until the next step.</summary>
    public ReadOnlySpan<byte> NextBytes()
    {
        var bytes = NativeMethods.ColumnBlob(_handle, _column);
        return new ReadOnlySpan<byte>(bytes, NativeMethods.ColumnBytes(_handle, _column++));
    }

    public void Skip(int columns) => _column += columns;

    public void Dispose()
    {
        _prepared.Dispose();
        NativeMemory.Free(_scratch);
        _scratch = null;
    }

    // A number written by hand must not end a claim that concerns a thousand other jobs.
    private static Instant ToInstant(long ticks) => Instant.FromUnixTimeTicks(Math.Clamp(ticks, FirstTick, LastTick));

    private int Step()
    {
        if (_bound != 0 && _bound != _parameters)
            throw new InvalidOperationException($"{_bound} of {_parameters} parameters are bound.");
        if (_failure != 0)
            throw _connection.Error(_failure);
        _column = 0;
        return NativeMethods.Step(_handle);
    }

    private void Note(int code)
    {
        if (code != raw.SQLITE_OK)
            _failure = code;
    }

    private Statement BindNull()
    {
        Note(NativeMethods.BindNull(_handle, ++_bound));
        return this;
    }

    private Statement BindText(ReadOnlySpan<byte> value)
    {
        // An empty text is not NULL, which is what SQLite takes a null pointer for.
        byte nothing = 0;
        fixed (byte* utf8 = value)
            Note(NativeMethods.BindText(_handle, ++_bound, utf8 is null ? &nothing : utf8, value.Length, NativeMethods.Transient));
        return this;
    }

    /// <summary>Memory that stays as it is until the statement is reset.</summary>
    private Span<byte> Room(int bytes)
    {
        if (_scratch is null)
            _scratch = (byte*)NativeMemory.Alloc(ScratchBytes);
        if (_used + bytes > ScratchBytes)
            throw new InvalidOperationException($"A statement has too many ids: {_used + bytes} bytes.");
        var room = new Span<byte>(_scratch + _used, bytes);
        _used += bytes;
        return room;
    }
}
