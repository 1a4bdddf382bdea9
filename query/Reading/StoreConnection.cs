using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>Opens a store for reading only: one connection, no pool, no type catalogue to load.</summary>
internal static class StoreConnection
{
    public static async Task<StoreReader> OpenAsync(StoreTarget target, TimeSpan timeout, CancellationToken cancel)
    {
        var source = Source(target, timeout);
        var connection = source.CreateConnection();
        try
        {
            await connection.OpenAsync(cancel);
            return new StoreReader(source, connection, target.Name);
        }
        catch (Exception error)
        {
            await connection.DisposeAsync();
            await source.DisposeAsync();
            if (StoreTrouble.Explain(error, target.Name) is { } refusal)
            {
                throw refusal;
            }

            throw;
        }
    }

    private static NpgsqlDataSource Source(StoreTarget target, TimeSpan timeout)
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
