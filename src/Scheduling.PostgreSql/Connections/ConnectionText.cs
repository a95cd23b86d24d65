using System.Data.Common;
using Npgsql;

namespace Scheduling.PostgreSql.Connections;

/// <summary>Reads connection strings, and says what is wrong with one without repeating any value of it: it may hold a password, also in the wrong place.</summary>
internal static class ConnectionText
{
    /// <summary>Makes a data source.</summary>
    /// <exception cref="ArgumentException">The text cannot be read; names the settings that Npgsql does not know.</exception>
    public static NpgsqlDataSource Open(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        if (ProblemWith(connectionString) is { } problem)
            throw new ArgumentException($"The PostgreSQL connection string cannot be read: {problem} Its text is not repeated here, because it may hold a password. See Npgsql's connection string parameters.", nameof(connectionString));
        return NpgsqlDataSource.Create(connectionString);
    }

    private static string? ProblemWith(string text)
    {
        var plain = new DbConnectionStringBuilder();
        try
        {
            plain.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            return "it is not a list of name=value, separated by semicolons.";
        }
        var known = new NpgsqlConnectionStringBuilder();
        foreach (string name in plain.Keys)
        {
            if (!known.ContainsKey(name))
                return $"Npgsql has no setting '{(name.Length > 40 ? name[..40] : name)}'.";
            try
            {
                known[name] = plain[name];
            }
            catch (Exception refused) when (refused is ArgumentException or FormatException or InvalidCastException or OverflowException)
            {
                return $"the value of '{name}' is not one that it may have.";
            }
        }
        return null;
    }
}
