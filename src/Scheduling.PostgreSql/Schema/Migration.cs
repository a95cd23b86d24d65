namespace Scheduling.PostgreSql.Schema;

/// <summary>One numbered step of the schema; never changed once it was released.</summary>
internal sealed record Migration(int Version, string File)
{
    public static IReadOnlyList<Migration> All { get; } = [new(1, "001_tables")];
}
