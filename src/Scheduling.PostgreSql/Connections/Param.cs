using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace Scheduling.PostgreSql.Connections;

/// <summary>Parameters of statements, each with its type said: PostgreSQL then never has to guess, and a null is as good as a value.</summary>
internal static class Param
{
    public static NpgsqlParameter Uuid(Guid value) => new NpgsqlParameter<Guid> { TypedValue = value };

    public static NpgsqlParameter UuidOrNull(Guid? value) => new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };

    public static NpgsqlParameter Uuids(IEnumerable<Guid> values) => new NpgsqlParameter<Guid[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };

    public static NpgsqlParameter Uuids(IEnumerable<Guid?> values) => new NpgsqlParameter<Guid?[]> { TypedValue = Trimmed([.. values]), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };

    public static NpgsqlParameter Text(string? value) => new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Texts(IEnumerable<string?> values) => new NpgsqlParameter<string?[]> { TypedValue = Trimmed([.. values]), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    public static NpgsqlParameter Short(short? value) => new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Smallint };

    public static NpgsqlParameter Shorts(IEnumerable<short> values) => new NpgsqlParameter<short[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint };

    public static NpgsqlParameter Shorts(IEnumerable<short?> values) => new NpgsqlParameter<short?[]> { TypedValue = Trimmed([.. values]), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint };

    public static NpgsqlParameter ShortsOrNull(IEnumerable<short>? values) => new() { Value = values?.ToArray() ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint };

    public static NpgsqlParameter LongOrNull(long? value) => new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Int(int? value) => new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer };

    public static NpgsqlParameter Ints(IEnumerable<int> values) => new NpgsqlParameter<int[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };

    public static NpgsqlParameter Long(long value) => new NpgsqlParameter<long> { TypedValue = value };

    public static NpgsqlParameter Longs(IEnumerable<long> values) => new NpgsqlParameter<long[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    public static NpgsqlParameter Longs(IEnumerable<long?> values) => new NpgsqlParameter<long?[]> { TypedValue = Trimmed([.. values]), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    public static NpgsqlParameter Bytes(byte[] value) => new NpgsqlParameter<byte[]> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea };

    public static NpgsqlParameter Bool(bool value) => new NpgsqlParameter<bool> { TypedValue = value };

    public static NpgsqlParameter BoolOrNull(bool? value) => new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Boolean };

    public static NpgsqlParameter Bools(IEnumerable<bool> values) => new NpgsqlParameter<bool[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean };

    public static NpgsqlParameter Time(Instant? value) => value is { } given
        ? new NpgsqlParameter<DateTime> { TypedValue = StoredTime.Of(given), NpgsqlDbType = NpgsqlDbType.TimestampTz }
        : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Times(IEnumerable<Instant> values) =>
        new NpgsqlParameter<DateTime[]> { TypedValue = [.. values.Select(StoredTime.Of)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Times(IEnumerable<Instant?> values) =>
        new NpgsqlParameter<DateTime?[]> { TypedValue = Trimmed([.. values.Select(StoredTime.Of)]), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };

    /// <summary>Most columns of most rows are null: <c>unnest</c> fills up what is missing at the end with nulls, so those are not sent.</summary>
    private static T[] Trimmed<T>(T[] values)
    {
        var length = values.Length;
        while (length > 0 && values[length - 1] is null)
            length--;
        return length == values.Length ? values : values[..length];
    }
}
