using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>How a store is opened: one connection, no pool, no type catalogue to load.</summary>
internal static class StoreConnection
{
    public static NpgsqlDataSource Source(StoreTarget target, TimeSpan timeout)
    {
        var seconds = (int)Math.Clamp(Math.Ceiling(timeout.TotalSeconds), 1, 3600);
        var settings = new NpgsqlConnectionStringBuilder(target.ConnectionString)
        {
            Pooling = false,
            Timeout = Math.Min(seconds, 1024),
            CommandTimeout = seconds,
            ApplicationName = "numa-history",
        };
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        builder.EnableTransportSecurity();
        return builder.Build();
    }
}
