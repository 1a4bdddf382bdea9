using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Journal;

public sealed class FactJournalTests(MigratedStore store) : IClassFixture<MigratedStore>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_look_records_boot_structure_and_capacity_and_a_second_one_only_its_sample()
    {
        var first = await store.Facts.RecordAsync(Look("first", Some.TwoCells().Topology(), 0), Cancel);
        var second = await store.Facts.RecordAsync(Look("first", Some.TwoCells().Topology(), 1), Cancel);

        Assert.Equal(["host.booted", "topology.observed", "capacity.observed"], first.Facts.Select(EventNames.Of));
        Assert.Empty(second.Facts);
        Assert.Equal(2, await store.AskAsync<long>("select count(*) from numa.block where host_key = 'first'"));
        Assert.Equal(
            Some.Minute(1).UtcDateTime,
            await store.AskAsync<DateTime>("select confirmed_until from numa.topology_version where host_key = 'first'"));
    }

    [Fact]
    public async Task The_same_observation_recorded_twice_is_there_once()
    {
        await store.Facts.RecordAsync(Look("twice", Some.TwoCells().Topology(), 0), Cancel);
        var events = await store.AskAsync<long>("select count(*) from numa.event where host = 'twice'");

        await store.Facts.RecordAsync(Look("twice", Some.TwoCells().Topology(), 0), Cancel);

        Assert.Equal(events, await store.AskAsync<long>("select count(*) from numa.event where host = 'twice'"));
    }

    [Fact]
    public async Task A_machine_keeps_its_key_when_its_name_changes()
    {
        var machine = Look("old-name", Some.TwoCells().Topology(), 0) with { MachineId = "5f3a" };
        await store.Facts.RecordAsync(machine, Cancel);

        var renamed = await store.Facts.RecordAsync(machine with { Host = "new-name", ObservedAt = Some.Minute(1) }, Cancel);

        Assert.Equal("5f3a", renamed.Host);
        Assert.Equal(["host.renamed"], renamed.Facts.Select(EventNames.Of));
        Assert.Equal("new-name", await store.AskAsync<string>("select name from numa.host where host_key = '5f3a'"));
    }

    [Fact]
    public async Task A_host_known_by_name_only_is_joined_when_its_machine_id_appears()
    {
        await store.Facts.RecordAsync(Look("joined", Some.TwoCells().Topology(), 0), Cancel);

        var later = await store.Facts.RecordAsync(
            Look("joined", Some.TwoCells().Topology(), 1) with { MachineId = "77aa" }, Cancel);

        Assert.Equal("joined", later.Host);
        Assert.Equal("77aa", await store.AskAsync<string>("select machine_id from numa.host where host_key = 'joined'"));
    }

    [Fact]
    public async Task Two_machines_of_one_name_are_two_hosts()
    {
        var one = await store.Facts.RecordAsync(Look("twin", Some.TwoCells().Topology(), 0) with { MachineId = "a1" }, Cancel);
        var two = await store.Facts.RecordAsync(Look("twin", Some.TwoCells().Topology(), 0) with { MachineId = "b2" }, Cancel);

        Assert.Equal(("a1", "b2"), (one.Host, two.Host));
    }

    [Fact]
    public async Task Many_imports_of_one_new_host_at_once_end_as_one_after_another()
    {
        var looks = Enumerable.Range(0, 8)
            .Select(minute => Look("crowd", (minute % 2 == 0 ? Some.TwoCells() : Some.ThreeCells()).Topology(), minute))
            .ToList();

        await Task.WhenAll(looks.Select(look => store.Facts.RecordAsync(look, Cancel)));

        foreach (var look in looks)
        {
            var version = await store.AskAsync<byte[]>(
                $"select structure_fingerprint from numa.topology_version where host_key = 'crowd' and valid @> '{look.ObservedAt:O}'::timestamptz");
            Assert.Equal(look.Topology!.Fingerprint!.ToBytes(), version);
        }
    }

    [Fact]
    public async Task A_failure_is_recorded_once_and_ends_with_the_next_look()
    {
        await store.Facts.RecordAsync(Look("failing", Some.TwoCells().Topology(), 0), Cancel);
        await store.Facts.RecordFailureAsync(new SourceFailed("failing", "sysfs", "gone", Some.Minute(1)), Cancel);
        await store.Facts.RecordFailureAsync(new SourceFailed("failing", "sysfs", "gone", Some.Minute(2)), Cancel);

        var back = await store.Facts.RecordAsync(Look("failing", Some.TwoCells().Topology(), 3), Cancel);

        Assert.Equal(["source.recovered"], back.Facts.Select(EventNames.Of));
        Assert.Equal(1, await store.AskAsync<long>("select count(*) from numa.event where host = 'failing' and type = 'source.failed'"));
    }

    [Fact]
    public async Task Text_that_was_read_is_kept_once_per_structure()
    {
        var look = Look("raw", Some.ThreeCells().Topology(), 0) with
        {
            Raw = new Dictionary<string, string> { ["sys/devices/system/node/online"] = "0-2\n" },
        };
        await store.Facts.RecordAsync(look, Cancel);
        await store.Facts.RecordAsync(look with { Host = "raw-too", ObservedAt = Some.Minute(5) }, Cancel);

        Assert.Equal(1, await store.AskAsync<long>("select count(*) from numa.raw_text"));
    }

    internal static Observation Look(string host, HostTopology topology, double minute) =>
        Some.Look(topology, Some.Minute(minute), host: host) with
        {
            Memory = new ObservedMemory([.. topology.Cells!.Select(cell => new CellMemory(cell.Id, cell.MemoryKiB, 1000 + (long)minute, null))]),
        };
}
