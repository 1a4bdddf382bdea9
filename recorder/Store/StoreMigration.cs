using JasperFx;
using Npgsql;
using NumaHistory.Schema.ReadModel;

namespace NumaHistory.Recorder.Store;

/// <summary>
/// Brings a store to the schema of this program: Marten's tables, then the numbered scripts of schema numa, then the roles. One
/// at a time, by an advisory lock on a connection of its own; running it again does nothing.
/// </summary>
internal static class StoreMigration
{
    // "numa" in ASCII: any number serves, as long as nobody else on the server takes it for something slow.
    private const long Lock = 0x6e756d61;

    /// <summary>Migrates; returns the SQL an administrator has to run where roles could not be made, or null.</summary>
    public static async Task<string?> RunAsync(string connection, string program, CancellationToken cancel)
    {
        // A pooled connection would keep the session lock after it is closed.
        var own = new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString;
        await using var holder = new NpgsqlConnection(own);
        await holder.OpenAsync(cancel);
        await ExecuteAsync(holder, $"select pg_advisory_lock({Lock})", cancel);
        await using var source = NpgsqlDataSource.Create(own);
        if (await StoreVersion.ReadAsync(source, cancel) is var found && found < ReadModelScripts.Latest)
        {
            await MartenAsync(source);
            foreach (var (version, sql) in ReadModelScripts.All().Where(script => script.Version > found))
            {
                await ApplyAsync(holder, version, sql, program, cancel);
            }

            // What a newer script adds is filled from the events that are there.
            if (found > 0)
            {
                await new StoreRebuild(source).RunAsync(cancel);
            }
        }
        else if (found > ReadModelScripts.Latest)
        {
            await StoreVersion.CheckAsync(source, cancel);
        }

        return await StoreRoles.GrantAsync(holder, cancel);
    }

    private static async Task MartenAsync(NpgsqlDataSource source)
    {
        await using var store = HistoryStore.Open(source);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, int version, string sql, string program, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ExecuteAsync(connection, sql, cancel);
        await using var note = new NpgsqlCommand("insert into numa.store_version (version, program) values ($1, $2)", connection);
        note.Parameters.Add(new() { Value = version });
        note.Parameters.Add(new() { Value = program });
        await note.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
