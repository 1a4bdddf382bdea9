using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Commands;

/// <summary>What people declare of a guest, and what a hypervisor then shows of it.</summary>
public sealed class DeclaredAndSeenTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>
{
    private const string Uuid = "5d0c3f8e-0000-4000-8000-000000000011";

    private static readonly DateTimeOffset Seen = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_guest_that_was_decided_by_name_is_the_one_that_appears_with_a_UUID()
    {
        await HostAsync("joined");
        await TypedAsync($"decide --guest early --host joined --pin 0=2 --exclusive --by ann --why first --at {At(1)}");
        await TypedAsync($"decide --guest early --host joined --pin 0=3 --exclusive --by bob --why second --at {At(2)}");

        await SeeAsync("early", Uuid, "joined", "3", 5);
        await SeeAsync("early", Uuid, "joined", "3", 6);

        var fit = await store.AskAsync("fit early -o json", Seen.AddMinutes(6));
        var pins = (await store.AskAsync("pins early -o json", Seen.AddMinutes(6))).Items().Single(item => item.GetProperty("layer").GetString() == "config");
        var before = (await store.AskAsync($"pins early -o json --at {At(3)}", Seen.AddMinutes(6))).Items().ToList();
        var guests = (await store.AskAsync("guests -o json", Seen.AddMinutes(6))).Items().Where(item => item.GetProperty("guest").GetString() == "early").ToList();
        var overlaps = await store.AskAsync("overlaps -o json", Seen.AddMinutes(6));

        Assert.True(fit.Code == 0, fit.Out);
        Assert.Equal(("bob", true), (pins.GetProperty("decidedBy").GetString(), pins.GetProperty("exclusive").GetBoolean()));
        Assert.Equal("3", Assert.Single(before).GetProperty("pins")[0].GetProperty("cpus").GetString());
        Assert.Equal(Uuid, Assert.Single(guests).GetProperty("uuid").GetString());
        Assert.DoesNotContain(overlaps.Items(), item => item.GetProperty("host").GetString() == "joined");
        Assert.Equal(1, await store.AskAsync<long>("select count(*) from numa.event where type = 'guest.identified' and data ->> 'name' = 'early'"));
        Assert.Contains("bob", (await store.AskAsync("history early", Seen.AddMinutes(6))).Out, StringComparison.Ordinal);
        await TypedAsync($"release --guest early --by ops --why over --at {At(7)}");
        Assert.Equal(0, (await store.AskAsync("fit early", Seen.AddMinutes(7))).Code);
    }

    [Fact]
    public async Task What_was_decided_by_name_is_judged_as_of_then_and_whatever_came_first()
    {
        await HostAsync("looked-back");
        await TypedAsync($"decide --guest back --host looked-back --pin 0=2 --exclusive --by ann --why first --at {At(1)}");
        var before = await store.AskAsync("hindsight back -o json", Seen.AddMinutes(2));
        await TypedAsync($"decide --guest dated --host looked-back --pin 0=3 --exclusive --by ann --why first --at {At(3)}");

        await SeeAsync("back", "5d0c3f8e-0000-4000-8000-000000000014", "looked-back", "2", 5);
        await SeeAsync("dated", "5d0c3f8e-0000-4000-8000-000000000015", "looked-back", "3", 2);

        var after = await store.AskAsync("hindsight back -o json", Seen.AddMinutes(6));
        var position = before.Item().GetProperty("position").GetInt64();
        var first = await store.AskAsync($"hindsight {position} -o json", Seen.AddMinutes(6));
        Assert.Equal((0, 0, 0), (before.Code, after.Code, first.Code));
        Assert.Equal(position, after.Item().GetProperty("position").GetInt64());
        Assert.Equal(0, (await store.AskAsync("fit dated", Seen.AddMinutes(6))).Code);
        Assert.Equal(1, (await store.AskAsync("guests -o json", Seen.AddMinutes(6))).Items().Count(item => item.GetProperty("guest").GetString() == "dated"));
    }

    [Fact]
    public async Task A_guest_that_is_seen_to_run_is_there_whatever_was_declared()
    {
        await HostAsync("home");
        await HostAsync("away");
        await SeeAsync("stays", "5d0c3f8e-0000-4000-8000-000000000012", "home", "2", 1, runs: true);
        await TypedAsync($"move --guest stays --to away --by ops --why drain --at {At(2)}");
        Assert.Equal("away", await HostOfAsync("stays", 3));

        await SeeAsync("stays", "5d0c3f8e-0000-4000-8000-000000000012", "home", "2", 4, runs: true);
        await SeeAsync("stays", "5d0c3f8e-0000-4000-8000-000000000012", "home", "2", 5, runs: true);

        Assert.Equal("home", await HostOfAsync("stays", 6));
        Assert.Equal("away", await HostOfAsync("stays", 3));
        Assert.Equal(2, await store.AskAsync<long>("select count(*) from numa.event e join numa.guest_fact f on f.event_id = e.id join numa.guest g on g.guest = f.guest where g.name = 'stays' and e.type = 'guest.seen'"));
    }

    [Fact]
    public async Task What_will_not_work_is_recorded_and_said()
    {
        await HostAsync("warned");
        await HostAsync("target");
        await SeeAsync("runs", "5d0c3f8e-0000-4000-8000-000000000013", "warned", "3", 1, runs: true);

        var (over, _, met) = await store.TypeAsync($"decide --guest alone --host warned --pin 0=3 --exclusive --by ops --why greed --at {At(2)}");
        var slip = $"decide --guest twice --host warned --pin 0=2 --pin 1=2 --exclusive --by ops --why slip --at {At(2)}";
        var (refused, _, reason) = await store.TypeAsync(slip);
        var (twice, _, self) = await store.TypeAsync($"{slip} --force");
        var (large, _, size) = await store.TypeAsync($"decide --guest large --host warned --pin 0=1 --memory-cells 1 --memory 300GiB --by ops --why slip --at {At(2)}");
        await TypedAsync($"decide --guest held --host target --pin 0=3 --exclusive --by ops --why first --at {At(2)}");
        var (moved, _, taken) = await store.TypeAsync($"move --guest alone --to target --by ops --why drain --at {At(3)}");
        var (fine, _, quiet) = await store.TypeAsync($"decide --guest fine --host warned --pin 0=4 --by ops --why room --at {At(3)}");

        Assert.Equal((ExitCode.Yes, ExitCode.Yes, ExitCode.Yes, ExitCode.Yes, ExitCode.Yes), (over, twice, large, moved, fine));
        Assert.StartsWith("numa-recorder: note: as recorded it is BROKEN: ", met, StringComparison.Ordinal);
        Assert.Contains("runs", met, StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, refused);
        Assert.Contains("vCPU 0 and vCPU 1 are promised CPUs of their own, but both are pinned to CPU 2", reason, StringComparison.Ordinal);
        Assert.Contains("it is BROKEN: vCPU 0 and vCPU 1", self, StringComparison.Ordinal);
        Assert.Contains("300 GiB", size, StringComparison.Ordinal);
        Assert.Contains("held", taken, StringComparison.Ordinal);
        Assert.Equal("", quiet);
    }

    private static string At(int minute) => TimeText.Utc(Seen.AddMinutes(minute));

    private async Task<string?> HostOfAsync(string guest, int minute) =>
        (await store.AskAsync($"guests -o json --at {At(minute)}", Seen.AddMinutes(10))).Items().Single(item => item.GetProperty("guest").GetString() == guest).GetProperty("host").GetString();

    private Task HostAsync(string name) => TypedAsync($"import {Repository.At("tests", "Hosts", "dynamic-0-boot", "tree.tar.gz")} --host {name} --at {TimeText.Utc(Seen)}");

    private Task SeeAsync(string guest, string uuid, string host, string cpus, int minute, bool runs = false) => TypedAsync(
        $"import - --format domain --host {host} --at {At(minute)}",
        $"<domain{(runs ? " id='7'" : "")}><name>{guest}</name><uuid>{uuid}</uuid><vcpu>1</vcpu><cputune><vcpupin vcpu='0' cpuset='{cpus}'/></cputune></domain>");

    private async Task TypedAsync(string line, string input = "")
    {
        var (code, _, error) = await store.TypeAsync(line, input);
        Assert.True(code == ExitCode.Yes, error);
    }
}
