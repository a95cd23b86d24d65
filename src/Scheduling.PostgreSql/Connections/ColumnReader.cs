using NodaTime;
using Npgsql;

namespace Scheduling.PostgreSql.Connections;

/// <summary>Reads the columns of one row from left to right, so that a reader of a table does not count them.</summary>
internal struct ColumnReader(NpgsqlDataReader reader, int at = 0)
{
    private int _at = at;

    public readonly bool IsNull => reader.IsDBNull(_at);

    public readonly Instant TimeAt(int place) => StoredTime.Read(reader.GetDateTime(place));

    public readonly Guid UuidAt(int place) => reader.GetGuid(place);

    public readonly string TextAt(int place) => reader.GetString(place);

    public readonly int IntAt(int place) => reader.GetInt32(place);

    public readonly long LongAt(int place) => reader.GetInt64(place);

    public readonly bool BoolAt(int place) => reader.GetBoolean(place);

    public void Skip(int columns = 1) => _at += columns;

    public Guid Uuid() => reader.GetGuid(_at++);

    public Guid? UuidOrNull() => reader.IsDBNull(_at++) ? null : reader.GetGuid(_at - 1);

    public string Text() => reader.GetString(_at++);

    public string? TextOrNull() => reader.IsDBNull(_at++) ? null : reader.GetString(_at - 1);

    public short Short() => reader.GetInt16(_at++);

    public short? ShortOrNull() => reader.IsDBNull(_at++) ? null : reader.GetInt16(_at - 1);

    public int Int() => reader.GetInt32(_at++);

    public int? IntOrNull() => reader.IsDBNull(_at++) ? null : reader.GetInt32(_at - 1);

    public long Long() => reader.GetInt64(_at++);

    public long? LongOrNull() => reader.IsDBNull(_at++) ? null : reader.GetInt64(_at - 1);

    public byte[] Bytes() => reader.GetFieldValue<byte[]>(_at++);

    public bool Bool() => reader.GetBoolean(_at++);

    public Instant Time() => StoredTime.Read(reader.GetDateTime(_at++));

    public Instant? TimeOrNull() => reader.IsDBNull(_at++) ? null : StoredTime.Read(reader.GetDateTime(_at - 1));
}
