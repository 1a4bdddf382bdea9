using Npgsql;

namespace NumaHistory.Recorder.Store;

/// <summary>
/// Least privilege: numa_owner migrates, numa_recorder appends, numa_reader reads schema numa and nothing else. They are roles
/// without login; an administrator grants them to people and services.
/// </summary>
internal static class StoreRoles
{
    private const string Sql = """
        do $$
        declare
            role text;
        begin
            foreach role in array array['numa_owner', 'numa_recorder', 'numa_reader'] loop
                begin
                    if not exists (select from pg_roles where rolname = role) then
                        execute format('create role %I nologin', role);
                    end if;
                exception when duplicate_object or unique_violation then null;
                end;
            end loop;
        end
        $$;
        grant usage on schema numa to numa_reader, numa_recorder;
        grant select on all tables in schema numa to numa_reader;
        grant usage on schema history to numa_recorder;
        grant select, insert, update, delete on all tables in schema numa to numa_recorder;
        revoke insert, update, delete on numa.store_version from numa_recorder;
        grant select on all tables in schema history to numa_recorder;
        grant insert on history.mt_events, history.mt_streams to numa_recorder;
        grant update on history.mt_streams to numa_recorder;
        grant usage on all sequences in schema history to numa_recorder;
        grant execute on all functions in schema history, numa to numa_recorder;
        grant all on schema history, numa to numa_owner;
        """;

    /// <summary>Makes and grants the roles; returns the SQL where this user may not.</summary>
    public static async Task<string?> GrantAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        try
        {
            await using var command = new NpgsqlCommand(Sql, connection);
            await command.ExecuteNonQueryAsync(cancel);
            return null;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return Sql;
        }
    }
}
