using Npgsql;
using NumaHistory.Schema.ReadModel;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Store;

/// <summary>Whether a store has the schema this program was made for.</summary>
internal static class StoreVersion
{
    /// <summary>The version a store has; 0 when it was never migrated.</summary>
    public static async Task<int> ReadAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "select case when to_regclass('numa.store_version') is null then 0 else 1 end");
        if ((int)(await command.ExecuteScalarAsync(cancel))! == 0)
        {
            return 0;
        }

        await using var version = source.CreateCommand("select coalesce(max(version), 0) from numa.store_version");
        return (int)(await version.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Refuses a store that is older or newer than this program.</summary>
    public static async Task CheckAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        var found = await ReadAsync(source, cancel);
        if (found < ReadModelScripts.Latest)
        {
            throw new Refusal(
                ExitCode.StoreSchema,
                found == 0 ? "the store was never set up" : $"the store has schema version {found}, this program needs {ReadModelScripts.Latest}",
                "numa-recorder store migrate");
        }

        if (found > ReadModelScripts.Latest)
        {
            throw new Refusal(
                ExitCode.StoreSchema,
                $"the store has schema version {found}, this program knows only {ReadModelScripts.Latest}",
                "use a newer NumaHistory with this store");
        }
    }
}
