using JasperFx;
using Marten;
using Npgsql;
using NumaHistory.PostgresTests.Journal;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Journal;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.ReadModel;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Store;

public sealed class StoreMigrationTests(PostgresCluster cluster)
{
    private static readonly GuestPins Guest = new(
        "web02", "5d0c3f8e-0000-4000-8000-000000000001", MemoryKiB: 1024, Pins: [new VcpuPin(0, Some.Cpus("0"))], Memory: new MemoryBinding(MemoryMode.Strict, Some.Cpus("0")));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Four_migrations_at_once_all_succeed_and_migrate_once()
    {
        await using var source = NpgsqlDataSource.Create(await cluster.CreateAsync(null, null, Cancel));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MigrateAsync(source))));

        await StoreVersion.CheckAsync(source, Cancel);
        Assert.Equal((long)ReadModelScripts.All().Count(), await AskAsync(source, "select count(*) from numa.store_version"));
    }

    [Fact]
    public async Task A_store_of_the_first_version_is_refused_until_it_is_migrated()
    {
        await using var source = NpgsqlDataSource.Create(await cluster.CreateAsync(null, null, Cancel));
        await using (var marten = HistoryStore.Open(source))
        {
            await marten.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        }

        await AskAsync(source, ReadModelScripts.All().First().Sql);
        await AskAsync(source, "insert into numa.store_version values (1, 'the first')");

        var old = await Assert.ThrowsAsync<Refusal>(() => StoreVersion.CheckAsync(source, Cancel));
        await MigrateAsync(source);

        Assert.Equal(ExitCode.StoreSchema, old.Code);
        await StoreVersion.CheckAsync(source, Cancel);
        Assert.Equal(0L, await AskAsync(source, "select count(*) from numa.pin_interval"));
    }

    // What those versions added that this one has too is dropped and made again; of a store of version 4 it is not there yet.
    [Theory]
    [InlineData(3, """
        drop view numa.event;
        drop table numa.host_cell, numa.guest_claim, numa.guest_pins, numa.fact_newest, numa.guest_newest, numa.cell_room;
        drop function numa.refresh_cells, numa.cpu_count;
        drop function numa.apply_gauges, numa.whole_steps, numa.most_pages, numa.least_share;
        alter table numa.host drop closest;
        alter table numa.cell_now drop cpus, drop pinned_cpus, drop exclusive_cpus, drop free_cpus, drop free_cpu_count, drop committed_kib;
        alter table numa.cell_now drop cells, drop step_kib, drop room_kib
        """)]
    [InlineData(10, "create function numa.refresh_rooms(p_host text) returns void language sql as 'select'")]
    public async Task What_a_newer_version_adds_is_filled_from_the_events_that_are_there(int version, string before)
    {
        await using var source = await MigratedAsync();
        using (var marten = HistoryStore.Open(source))
        {
            var facts = new FactJournal(source, marten, new RecordedBy("tester", "testhost", "tests"));
            await facts.RecordAsync(FactJournalTests.Look("h1", Some.TwoCells().Topology(), 0) with { Guests = [Guest] }, Cancel);
        }

        const string Rows = """
            select (select string_agg(p::text, ',') from numa.guest_pins p) || (select string_agg(c::text, ',' order by cell) from numa.cell_now c)
                   || (select string_agg(t::text, ',') from numa.guest_claim t) || (select string_agg(r::text, ',' order by cell) from numa.cell_room r)
                   || (select string_agg(f::text, ',' order by event_id) from numa.fact_newest f)
                   || (select string_agg(f::text, ',' order by event_id) from numa.guest_newest f)
            """;
        var rows = await AskAsync(source, Rows);
        await AskAsync(source, $"{before}; delete from numa.store_version where version >= {version}");

        await MigrateAsync(source);

        Assert.Contains("web02", (string)rows!, StringComparison.Ordinal);
        Assert.Equal(rows, await AskAsync(source, Rows));
    }

    [Fact]
    public async Task A_second_migration_changes_nothing()
    {
        await using var source = await MigratedAsync();
        const string Objects = """
            select string_agg(c.oid || ' ' || c.relname, ',' order by c.oid)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'history' and c.relkind in ('r', 'v', 'i')
            """;
        var before = await AskAsync(source, Objects);

        await MigrateAsync(source);

        Assert.Equal(before, await AskAsync(source, Objects));
    }

    [Fact]
    public async Task A_missing_or_newer_store_is_refused()
    {
        await using var source = NpgsqlDataSource.Create(await cluster.CreateAsync(null, null, Cancel));

        var missing = await Assert.ThrowsAsync<Refusal>(() => StoreVersion.CheckAsync(source, Cancel));
        await MigrateAsync(source);
        await AskAsync(source, "insert into numa.store_version values (99, 'later')");
        var newer = await Assert.ThrowsAsync<Refusal>(() => StoreVersion.CheckAsync(source, Cancel));
        var migrating = await Assert.ThrowsAsync<Refusal>(() => MigrateAsync(source));

        Assert.Equal((ExitCode.StoreSchema, "numa-recorder store migrate"), (missing.Code, missing.Hint));
        Assert.Equal((ExitCode.StoreSchema, ExitCode.StoreSchema), (newer.Code, migrating.Code));
        Assert.Contains("version 99", newer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("numa_reader", "select count(*) from numa.event", true)]
    [InlineData("numa_reader", "select count(*) from numa.memory_block", true)]
    [InlineData("numa_reader", "select count(*) from history.mt_events", false)]
    [InlineData("numa_reader", "delete from numa.host", false)]
    [InlineData("numa_recorder", "update history.mt_events set type = type", false)]
    [InlineData("numa_recorder", "delete from history.mt_events", false)]
    [InlineData("numa_recorder", "insert into numa.store_version values (2, 'x')", false)]
    public async Task A_role_may_do_what_it_is_for_and_nothing_else(string role, string sql, bool may)
    {
        await using var migrated = await MigratedAsync();
        await using var source = As(role, migrated);

        var failure = await Record.ExceptionAsync(() => AskAsync(source, sql));

        Assert.Equal(may ? null : PostgresErrorCodes.InsufficientPrivilege, (failure as PostgresException)?.SqlState);
    }

    [Fact]
    public async Task A_recorder_records_and_rebuilds_nothing_more_than_its_role_lets_it()
    {
        await using var migrated = await MigratedAsync();
        await using var source = As("numa_recorder", migrated);
        using var store = HistoryStore.Open(source);
        var by = new RecordedBy("tester", "testhost", "tests");

        await new FactJournal(source, store, by).RecordAsync(FactJournalTests.Look("h1", Some.TwoCells().Topology(), 0), Cancel);

        Assert.Equal(4L, await AskAsync(migrated, "select count(*) from numa.event"));
    }

    [Fact]
    public async Task Recorded_times_are_the_servers_whatever_the_time_zone_of_the_database()
    {
        await using var migrated = await MigratedAsync();
        await AskAsync(migrated, $"alter database {new NpgsqlConnectionStringBuilder(migrated.ConnectionString).Database} set timezone = 'Asia/Tokyo'");
        await using var source = NpgsqlDataSource.Create(migrated.ConnectionString + ";Application Name=tokyo");
        using var store = HistoryStore.Open(source);
        var before = await AskAsync(migrated, "select clock_timestamp()");

        await new FactJournal(source, store, new RecordedBy("tester", "testhost", "tests"))
            .RecordAsync(FactJournalTests.Look("h1", Some.TwoCells().Topology(), 0), Cancel);

        var times = $"select bool_and(recorded_at between '{before:O}' and clock_timestamp()) from numa.event";
        Assert.Equal(true, await AskAsync(source, times));
    }

    private async Task<NpgsqlDataSource> MigratedAsync() => NpgsqlDataSource.Create(await cluster.CreateAsync(
        "migrated", connection => StoreMigration.RunAsync(connection, "the tests", Cancel), Cancel));

    private static Task<string?> MigrateAsync(NpgsqlDataSource source) =>
        StoreMigration.RunAsync(source.ConnectionString, "the tests", Cancel);

    private static NpgsqlDataSource As(string role, NpgsqlDataSource source) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(source.ConnectionString) { Options = $"-c role={role}" }.ConnectionString);

    private static async Task<object?> AskAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
