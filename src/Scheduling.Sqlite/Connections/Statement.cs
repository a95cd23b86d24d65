using System.Text;
using NodaTime;
using SQLitePCL;

namespace Scheduling.Sqlite;

/// <summary>
/// A prepared statement, driven directly: values are bound in the order of the parameters' first appearance, columns are read in order. Hot statements run a million times a minute, and the
/// objects of an ADO.NET command would cost more than the statement itself.
/// </summary>
/// <remarks>Not thread-safe. A statement that was run or read to its end is ready for the next use; one that was left must be reset.</remarks>
internal sealed class Statement : IDisposable
{
    private static readonly long FirstTick = Instant.MinValue.ToUnixTimeTicks();
    private static readonly long LastTick = Instant.MaxValue.ToUnixTimeTicks();

    private readonly Connection _connection;
    private readonly sqlite3_stmt _prepared;
    private readonly int _parameters;
    private int _bound;
    private int _column;

    public Statement(Connection connection, sqlite3_stmt prepared)
    {
        (_connection, _prepared) = (connection, prepared);
        _parameters = raw.sqlite3_bind_parameter_count(prepared);
    }

    public Statement Bind(long value)
    {
        raw.sqlite3_bind_int64(_prepared, ++_bound, value);
        return this;
    }

    public Statement Bind(long? value) => value is { } some ? Bind(some) : BindNull();

    public Statement Bind(bool value) => Bind(value ? 1L : 0L);

    public Statement Bind(Instant value) => Bind(value.ToUnixTimeTicks());

    public Statement Bind(Instant? value) => value is { } some ? Bind(some.ToUnixTimeTicks()) : BindNull();

    /// <summary>Ids are stored as 16 bytes in the order in which they sort.</summary>
    public Statement Bind(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        raw.sqlite3_bind_blob(_prepared, ++_bound, bytes);
        return this;
    }

    public Statement Bind(Guid? value) => value is { } some ? Bind(some) : BindNull();

    public Statement Bind(string? value)
    {
        if (value is null)
            return BindNull();
        if (value.Length is 0 or > 512)
        {
            raw.sqlite3_bind_text(_prepared, ++_bound, value);
            return this;
        }
        Span<byte> utf8 = stackalloc byte[value.Length * 3];
        raw.sqlite3_bind_text(_prepared, ++_bound, utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
        return this;
    }

    /// <summary>Text that is UTF-8 already; empty means NULL.</summary>
    public Statement BindUtf8(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return BindNull();
        raw.sqlite3_bind_text(_prepared, ++_bound, utf8);
        return this;
    }

    public Statement BindBlob(ReadOnlySpan<byte> bytes)
    {
        raw.sqlite3_bind_blob(_prepared, ++_bound, bytes);
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
        raw.sqlite3_reset(_prepared);
        _bound = 0;
    }

    public bool IsNextNull => raw.sqlite3_column_type(_prepared, _column) == raw.SQLITE_NULL;

    public long NextLong() => raw.sqlite3_column_int64(_prepared, _column++);

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

    public Guid NextGuid() => new(raw.sqlite3_column_blob(_prepared, _column++), bigEndian: true);

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
    public ReadOnlySpan<byte> NextBytes() => raw.sqlite3_column_blob(_prepared, _column++);

    public void Skip(int columns) => _column += columns;

    public void Dispose() => _prepared.Dispose();

    // A number written by hand must not end a claim that concerns a thousand other jobs.
    private static Instant ToInstant(long ticks) => Instant.FromUnixTimeTicks(Math.Clamp(ticks, FirstTick, LastTick));

    private int Step()
    {
        if (_bound != 0 && _bound != _parameters)
            throw new InvalidOperationException($"{_bound} of {_parameters} parameters are bound.");
        _column = 0;
        return raw.sqlite3_step(_prepared);
    }

    private Statement BindNull()
    {
        raw.sqlite3_bind_null(_prepared, ++_bound);
        return this;
    }
}
