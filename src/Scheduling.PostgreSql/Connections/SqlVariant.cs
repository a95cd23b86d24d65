namespace Scheduling.PostgreSql.Connections;

/// <summary>A statement whose text has places that the store fills from its own closed tables; never from what people give.</summary>
internal readonly record struct SqlVariant(string Name, params (string Place, string Text)[] Parts);
