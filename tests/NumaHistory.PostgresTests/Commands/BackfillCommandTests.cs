using System.Text.Json;
using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Hosts;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Commands;

/// <summary>backfill as it is typed, and the past that numa-history knows after it.</summary>
public sealed class BackfillCommandTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>
{
    private const string Ada = "Ada L <ada@example.net>";
    private const string Bob = "Bob <bob@example.net>";

    [Fact]
    public async Task Blame_names_the_commit_that_broke_a_pin_and_its_author()
    {
        await HostAsync("g1");
        using var git = new GitRepository();
        git.Commit(Ada, "2026-06-10T09:00:00Z", "shop: next to its memory", ("shop.xml", Guest("shop", "4", "2")));
        git.Commit(Bob, "2026-07-01T12:00:00Z", "shop: use the new socket", ("shop.xml", Guest("shop", "12", "2")));

        var (code, _, error) = await Typed($"backfill git {git.Path} --host g1");

        Assert.Equal((ExitCode.Yes, "g1: 2 pinning.decided from 2026-06-10T09:00:00Z to 2026-07-01T12:00:00Z\n"), (code, error));
        var blamed = (await store.AskAsync("blame g1/shop -o json", Later)).Item();
        var cause = blamed.GetProperty("event");
        Assert.Equal(("BROKEN", "2026-07-01T12:00:00Z"), (Text(blamed, "verdict"), Text(blamed, "since")));
        Assert.Equal(("pinning.decided", Bob, "shop: use the new socket"), (Text(cause, "type"), Text(cause, "who"), Text(cause, "why")));
        Assert.Matches("by +#[0-9]+ pinning.decided .*\\(backfilled\\)\n", (await store.AskAsync("blame g1/shop", Later)).Out);
        var before = (await store.AskAsync("pins g1/shop --at 2026-06-15 -o json", Later)).Item();
        Assert.Equal(("backfilled", Ada, "2026-06-10T09:00:00Z"), (Text(before, "origin"), Text(before, "decidedBy"), Text(before, "since")));
        Assert.Equal("4", Text(before.GetProperty("pins")[0], "cpus"));
    }

    [Fact]
    public async Task A_host_that_lost_memory_breaks_what_was_committed_before_and_a_deleted_definition_is_released()
    {
        await HostAsync("g2");
        await Typed($"import {Tree("dynamic-2-node2-blocks-offline")} --host g2 --at 2026-08-01");
        using var git = new GitRepository();
        git.Commit(Ada, "2026-06-10T09:00:00Z", "cache and mail", ("cache.xml", Guest("cache", "4", "2")), ("mail.xml", Guest("mail", "1", "0")));
        git.Commit(Ada, "2026-07-10T09:00:00Z", "mail is retired", ("mail.xml", null));

        await Typed($"backfill git {git.Path} --host g2");

        var blamed = (await store.AskAsync("blame g2/cache -o json", Later)).Item();
        Assert.Equal(("DEGRADED", "2026-08-01T00:00:00Z"), (Text(blamed, "verdict"), Text(blamed, "since")));
        Assert.Equal("capacity.observed", Text(blamed.GetProperty("event"), "type"));
        Assert.Equal(["cache", "mail"], (await store.AskAsync("pins --host g2 --at 2026-07-01 -o json", Later)).Items().Select(pins => Text(pins, "guest")));
        var history = await store.AskAsync("history g2 --kind pinning.released", Later);
        Assert.Equal(1, history.Out.Split("(backfilled)").Length - 1);
        Assert.Equal(["cache"], (await store.AskAsync("pins --host g2 --at 2026-07-11 -o json", Later)).Items().Select(pins => Text(pins, "guest")));
    }

    [Fact]
    public async Task The_logs_of_libvirt_tell_when_a_guest_ran_and_what_its_memory_was_bound_to()
    {
        await HostAsync("q1");
        using var folder = new TemporaryFolder();
        folder.Write("db.log.1", Start("2026-06-05 08:00", "db", "1") + "2026-07-05 07:00:00.000+0000: shutting down, reason=shutdown\n");
        folder.Write("db.log", Start("2026-07-05 08:00", "db", "7") + Start("2026-07-06 08:00", "db", "7"));

        var (code, _, error) = await Typed($"backfill qemu-log {folder.Path} --host q1");
        var events = (await store.AskAsync("history q1/db -o json", Later)).Items();
        var blamed = (await store.AskAsync("blame q1/db -o json", Later)).Item();

        Assert.Equal((ExitCode.Yes, "q1: 1 guest.seen, 3 guest.started, 2 pinning.observed, 1 guest.stopped from 2026-06-05T08:00:00Z to 2026-07-06T08:00:00Z\n"), (code, error));
        Assert.All(events, one => Assert.Equal("backfill", Text(one.GetProperty("data"), "source")));
        var pins = (await store.AskAsync("pins q1/db --at 2026-06-20 -o json", Later)).Items().Single(one => Text(one, "layer") == "live");
        Assert.Equal(("backfilled", "2026-06-05T08:00:00Z"), (Text(pins, "origin"), Text(pins, "since")));
        Assert.Equal(("1", "strict", 204_800), (Text(pins.GetProperty("memory"), "cells"), Text(pins.GetProperty("memory"), "mode"), pins.GetProperty("memoryKiB").GetInt32()));
        Assert.Equal(("BROKEN", "2026-07-05T08:00:00Z", "pinning.observed"), (Text(blamed, "verdict"), Text(blamed, "since"), Text(blamed.GetProperty("event"), "type")));
        Assert.Equal("2026-07-05T07:00:00Z", Text(blamed, "lastFitted"));
    }

    [Fact]
    public async Task A_second_run_stores_nothing_in_one_piece_or_in_several()
    {
        using var folder = new TemporaryFolder();
        var first = Start("2026-06-05 08:00", "twice", "1") + "2026-06-06 07:00:00.000+0000: shutting down, reason=destroyed\n";
        folder.Write("twice.log", first + Start("2026-06-07 08:00", "twice", "1"));
        folder.Write("rest/twice.log", Start("2026-06-07 08:00", "twice", "1"));
        await Typed($"backfill qemu-log {folder.At("twice.log")}");
        var stored = await store.AskAsync<long>("select count(*) from history.mt_events");

        var again = await Typed($"backfill qemu-log {folder.At("twice.log")}");
        var rest = await Typed($"backfill qemu-log {folder.At("rest")} --host kvm7");

        Assert.Equal(("kvm7: nothing new\n", "kvm7: nothing new\n"), (again.Error, rest.Error));
        Assert.Equal(stored, await store.AskAsync<long>("select count(*) from history.mt_events"));
        Assert.Equal(
            0, await store.AskAsync<long>("select count(*) from history.mt_events where data ->> 'source' = 'backfill' and headers ->> 'origin' is distinct from 'backfilled'"));
        Assert.Equal(ExitCode.Yes, (await Typed("store verify")).Code);
    }

    [Fact]
    public async Task What_somebody_saw_holds_whatever_is_backfilled_later_or_of_later()
    {
        await HostAsync("w1");
        await Typed("import - --format domain --host w1 --at 2026-06-20", Guest("seen", "1", "0").Replace("<domain>", "<domain id='4'>", StringComparison.Ordinal));
        using var folder = new TemporaryFolder();
        folder.Write("seen.log", Start("2026-06-10 08:00", "seen", "1") + Start("2026-06-25 08:00", "seen", "2"));

        await Typed($"backfill qemu-log {folder.Path} --host w1");

        async Task<string?> Cells(string at) => Text(
            (await store.AskAsync($"pins w1/seen --at {at} -o json", Later)).Items().Single(one => Text(one, "layer") == "live").GetProperty("memory"), "cells");
        Assert.Equal(("1", "0", "0"), (await Cells("2026-06-15"), await Cells("2026-06-21"), await Cells("2026-06-30")));
    }

    [Fact]
    public async Task Boots_of_the_journal_are_history_and_never_before_what_was_seen()
    {
        string Boot(string day, string kernel) =>
            $"2026-{day}T12:00:00.000000+0000 b1 kernel: Linux version {kernel} (x) #1\n2026-{day}T12:00:00.100000+0000 b1 kernel: Command line: quiet\n";
        var text = Boot("06-15", "6.1.0-18") + Boot("07-15", "6.1.0-21");

        var first = await Typed("backfill journal -", text);
        await HostAsync("b1");
        var again = await Typed("backfill journal -", text);

        Assert.Equal((ExitCode.Yes, "b1: 2 host.booted from 2026-06-15T12:00:00Z to 2026-07-15T12:00:00Z\n"), (first.Code, first.Error));
        Assert.Equal("b1: nothing new\n", again.Error);
        var boots = (await store.AskAsync("history b1 --kind host.booted -o json", Later)).Items().Select(one => one.GetProperty("data"));
        Assert.Equal(
            ["6.1.0-18", "6.1.0-21"],
            boots.Where(boot => Text(boot, "source") == "backfill").Select(boot => Text(boot.GetProperty("settings"), "kernel")));
        Assert.Equal("sysfs", Text((await store.AskAsync("topology b1 -o json", Later)).Item(), "source"));
    }

    [Fact]
    public async Task A_rebuild_makes_the_same_rows_of_a_backfilled_past()
    {
        using var folder = new TemporaryFolder();
        folder.Write("again.log", Start("2026-06-05 08:00", "again", "1"));
        await Typed($"backfill qemu-log {folder.Path} --host r1");
        var before = await store.AskAsync<string>("select string_agg(p::text, '|' order by p::text) from numa.guest_pins p");

        await Typed("store rebuild");

        Assert.Equal(before, await store.AskAsync<string>("select string_agg(p::text, '|' order by p::text) from numa.guest_pins p"));
    }

    private static DateTimeOffset Later => new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    private static string? Text(JsonElement item, string member) => item.GetProperty(member).GetString();

    private static string Tree(string host) => Repository.At("tests", "Hosts", host, "tree.tar.gz");

    private static string Guest(string name, string cpu, string cell) =>
        $"<domain><name>{name}</name><memory unit='MiB'>200</memory><vcpu>1</vcpu><cputune><vcpupin vcpu='0' cpuset='{cpu}'/></cputune><numatune><memory mode='strict' nodeset='{cell}'/></numatune></domain>";

    private static string Start(string minute, string name, string cell) => $$"""
        {{minute}}:00.000+0000: starting up libvirt version: 10.0.0, qemu version: 8.2.0, kernel: 5.14.0, hostname: kvm7.example.net
        LC_ALL=C \
        /usr/libexec/qemu-kvm \
        -name guest={{name}},debug-threads=on \
        -m size=204800k \
        -object '{"qom-type":"memory-backend-ram","id":"pc.ram","size":209715200,"host-nodes":[{{cell}}],"policy":"bind"}' \
        -smp 1,sockets=1 \
        -msg timestamp=on

        """;

    private async Task HostAsync(string name) =>
        Assert.Equal(ExitCode.Yes, (await Typed($"import {Tree("dynamic-0-boot")} --host {name} --at 2026-06-01")).Code);

    private async Task<(ExitCode Code, string Out, string Error)> Typed(string line, string input = "")
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var context = new RecorderContext(
            output,
            error,
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)),
            TimeProvider.System,
            name => name == "NUMAHISTORY_DB" ? History.Keywords(store.ConnectionString) : null,
            false);
        var code = await RecorderProgram.RunAsync(line.Split(' '), context, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
