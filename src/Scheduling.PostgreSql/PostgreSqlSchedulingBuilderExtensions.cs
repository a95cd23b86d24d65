using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Scheduling.Hosting;
using Scheduling.PostgreSql;

namespace Scheduling;

/// <summary>Chooses PostgreSQL as the store of a program.</summary>
public static class PostgreSqlSchedulingBuilderExtensions
{
    private const string Name = "UsePostgreSql";

    /// <summary>Keeps jobs and history in PostgreSQL, on connections of the scheduler's own.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">An Npgsql connection string; several hosts are allowed.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns>The builder.</returns>
    public static SchedulingBuilder UsePostgreSql(this SchedulingBuilder builder, string connectionString, Action<PostgreSqlStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return builder.UseStore(Name, _ => new PostgreSqlStore(connectionString, OptionsOf(configure)));
    }

    /// <summary>Keeps jobs and history in PostgreSQL, on connections of a data source that the program has made and disposes itself.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">Where connections come from.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns>The builder.</returns>
    public static SchedulingBuilder UsePostgreSql(this SchedulingBuilder builder, NpgsqlDataSource source, Action<PostgreSqlStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        return builder.UseStore(Name, _ => new PostgreSqlStore(source, OptionsOf(configure)));
    }

    /// <summary>Keeps jobs and history in PostgreSQL, on connections of the data source among the program's services.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns>The builder.</returns>
    public static SchedulingBuilder UsePostgreSql(this SchedulingBuilder builder, Action<PostgreSqlStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseStore(Name, services => new PostgreSqlStore(services.GetRequiredService<NpgsqlDataSource>(), OptionsOf(configure)));
    }

    private static PostgreSqlStoreOptions OptionsOf(Action<PostgreSqlStoreOptions>? configure)
    {
        var options = new PostgreSqlStoreOptions();
        configure?.Invoke(options);
        return options;
    }
}
