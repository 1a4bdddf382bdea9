using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Commands;

/// <summary>What decide and move refuse, because of what is recorded or how a guest is named.</summary>
public sealed class RefusedDecisionsTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>
{
    private const string Uuid = "5d0c3f8e-0000-4000-8000-000000000001";

    private static readonly DateTimeOffset Seen = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_proposal_is_stale_once_a_guest_is_seen_pinned_on_its_host()
    {
        await HostAsync("stale");
        await HostAsync("other");
        var proposal = await PlaceAsync("stale", 1);
        var elsewhere = await PlaceAsync("other", 1);
        await store.TypeAsync($"import - --format domain --host stale --at {At(2)}", "<domain><name>seen</name><vcpu>1</vcpu><cputune><vcpupin vcpu='0' cpuset='7'/></cputune></domain>");

        var (code, _, error) = await AcceptAsync("late", proposal, 3);
        var there = await AcceptAsync("apart", elsewhere, 3);
        var again = await AcceptAsync("late", await PlaceAsync("stale", 3), 4);

        Assert.Equal(ExitCode.No, code);
        Assert.Contains("stale is not what it was when this was proposed: seen was seen pinned otherwise since", error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Yes, ExitCode.Yes), (there.Code, again.Code));
    }

    [Fact]
    public async Task The_UUID_of_another_guest_is_not_given_twice()
    {
        await HostAsync("uuid");
        await TypedAsync($"decide --guest owner --host uuid --uuid {Uuid} --pin 0=2 --by ops --why first --at {At(1)}");

        var (code, output, error) = await store.TypeAsync($"decide --guest thief --host uuid --uuid {Uuid} --pin 0=3 --by ops --why second --at {At(2)}");
        var (own, _, _) = await store.TypeAsync($"decide --guest owner --host uuid --uuid {Uuid} --pin 0=4 --by ops --why third --at {At(3)}");

        Assert.Equal((ExitCode.No, ""), (code, output));
        Assert.StartsWith($"numa-recorder: {Uuid} is the UUID of owner", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Yes, own);
    }

    [Theory]
    [InlineData("", ExitCode.Usage, "--guest is empty")]
    [InlineData("a\ab", ExitCode.Usage, "--guest: 'a\\x07b' has a control character in it")]
    [InlineData("a/b", ExitCode.Unknown, "no guest 'a/b' is recorded, and a is not demo-a")]
    public async Task A_name_that_no_guest_of_that_host_can_have_is_not_recorded(string guest, ExitCode expected, string message)
    {
        await HostAsync("demo-a");
        var before = await store.AskAsync<long>("select count(*) from numa.guest");

        var (code, output, error) = await store.TypeAsync($"decide --guest {guest} --host demo-a --pin 0=2 --by ops --why name --at {At(1)}");

        Assert.Equal((expected, ""), (code, output));
        Assert.StartsWith($"numa-recorder: {message}", error, StringComparison.Ordinal);
        Assert.Equal(before, await store.AskAsync<long>("select count(*) from numa.guest"));
    }

    [Fact]
    public async Task A_guest_does_not_move_to_where_it_is()
    {
        await HostAsync("home");
        await HostAsync("away");
        await TypedAsync($"decide --guest stays --host home --pin 0=2 --by ops --why here --at {At(1)}");

        var (code, output, error) = await store.TypeAsync($"move --guest stays --to home --by ops --why drain --at {At(2)}");
        var away = await store.TypeAsync($"move --guest stays --to away --by ops --why drain --at {At(3)}");

        Assert.Equal((ExitCode.No, ""), (code, output));
        Assert.StartsWith($"numa-recorder: stays is on home already at {At(2)}", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Yes, away.Code);
    }

    [Fact]
    public async Task A_decision_is_of_a_moment_that_has_come_and_that_no_other_one_has()
    {
        await HostAsync("moment");
        await TypedAsync($"decide --guest once --host moment --pin 0=2 --by ops --why first --at {At(1)}");

        var (later, _, future) = await store.TypeAsync($"decide --guest once --host moment --pin 0=3 --by ops --why soon --at {TimeText.Utc(TimeProvider.System.GetUtcNow().AddDays(1))}");
        var (other, _, tie) = await store.TypeAsync($"decide --guest once --host moment --pin 0=3 --by ops --why second --at {At(1)}");
        var (same, _, _) = await store.TypeAsync($"decide --guest once --host moment --pin 0=2 --by ops --why first --at {At(1)}");
        var (ended, _, end) = await store.TypeAsync($"release --guest once --by ops --why over --at {At(1)}");

        Assert.Equal((ExitCode.Usage, ExitCode.No, ExitCode.Yes, ExitCode.No), (later, other, same, ended));
        Assert.Contains("has not come yet", future, StringComparison.Ordinal);
        Assert.StartsWith($"numa-recorder: once was decided at that very moment, {At(1)}, already: name a later --at", tie, StringComparison.Ordinal);
        Assert.StartsWith("numa-recorder: once was decided at that very moment", end, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proposal_for_a_past_moment_is_judged_again()
    {
        await HostAsync("swapped");
        await TypedAsync($"import {Repository.At("tests", "Hosts", "dynamic-1-node1-cpus-offline", "tree.tar.gz")} --host swapped --at {At(60)}");
        var proposal = await store.AskAsync($"place --vcpus 2 --memory 64MiB --cells 1 --on-cells 1 --host swapped --at {At(1)} -o json", Seen.AddHours(2));
        Assert.Equal(0, proposal.Code);

        var (code, _, error) = await AcceptAsync("past", proposal.Out, 120);

        Assert.Equal(ExitCode.No, code);
        Assert.StartsWith("numa-recorder: ", error, StringComparison.Ordinal);
        Assert.Contains("and does not fit any more", error, StringComparison.Ordinal);
    }

    private static string At(int minute) => TimeText.Utc(Seen.AddMinutes(minute));

    private Task HostAsync(string name) => TypedAsync($"import {Repository.At("tests", "Hosts", "dynamic-0-boot", "tree.tar.gz")} --host {name} --at {TimeText.Utc(Seen)}");

    private async Task<string> PlaceAsync(string host, int minute)
    {
        var answer = await store.AskAsync($"place --vcpus 1 --memory 64MiB --cpu shared --host {host} -o json", Seen.AddMinutes(minute));
        Assert.True(answer.Code == 0, answer.Out + answer.Err);
        return answer.Out;
    }

    private Task<(ExitCode Code, string Out, string Error)> AcceptAsync(string guest, string proposal, int minute) =>
        store.TypeAsync($"decide --guest {guest} --from-placement - --by ops --why room --at {At(minute)}", proposal);

    private async Task TypedAsync(string line)
    {
        var (code, _, error) = await store.TypeAsync(line);
        Assert.True(code == ExitCode.Yes, error);
    }
}
