using Microsoft.Extensions.DependencyInjection;
using Scheduling.Hosting;
using Scheduling.Sqlite;

namespace Scheduling;

/// <summary>Chooses SQLite as the store of a program.</summary>
public static class SqliteSchedulingBuilderExtensions
{
    /// <summary>Keeps jobs and history in a SQLite file, which is made at the first start.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString"><c>Data Source=scheduling.db</c>; relative to the current directory. See <see cref="SqliteStore(string, SqliteStoreOptions?, TimeProvider?)"/>.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The connection string names no file, or something the store does not know.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static SchedulingBuilder UseSqlite(this SchedulingBuilder builder, string connectionString, Action<SqliteStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var options = new SqliteStoreOptions();
        configure?.Invoke(options);
        _ = DatabaseFile.Of(connectionString, options);
        return builder.UseStore(nameof(UseSqlite), services => new SqliteStore(connectionString, options, services.GetRequiredService<TimeProvider>()));
    }
}
