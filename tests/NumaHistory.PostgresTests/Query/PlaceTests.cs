using Microsoft.Extensions.Time.Testing;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Query;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Placing;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>place on the bundled week: what it proposes can be decided and fits, now and in the past.</summary>
public sealed class PlaceTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>, IAsyncLifetime
{
    private static readonly DateTimeOffset End = Some.Noon.AddDays(1);

    private static int _decisions;

    public async ValueTask InitializeAsync() => await TypedAsync($"up --demo --at {TimeText.Utc(End)} --for 1s");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("--vcpus 2 --memory 4GiB")]
    [InlineData("--vcpus 4 --memory 8GiB --cells 2")]
    [InlineData("--vcpus 2 --memory 2GiB --smt require")]
    [InlineData("--vcpus 3 --memory 2GiB --smt isolate --policy spread")]
    [InlineData("--vcpus 2 --memory 2GiB --emulator isolate --policy pack")]
    [InlineData("--vcpus 3 --memory 2GiB --cpu shared")]
    [InlineData("--vcpus 4 --memory 40GiB --cpu shared")]
    [InlineData("--vcpus 4 --memory 40GiB --cpu shared --cells 2")]
    public async Task What_is_proposed_can_be_decided_on_every_host_and_fits_there(string shape)
    {
        var proposal = await PlaceAsync(shape);

        Assert.Equal(0, proposal.Code);
        foreach (var host in Hosts(proposal))
        {
            var guest = $"new{_decisions}";
            var (code, _, error) = await TypedAsync($"decide --guest {guest} --host {host} --from-placement - --by ops --why room --at {Next()}", proposal.Out);
            Assert.True(code == ExitCode.Yes, $"{host}: {error}");

            var fit = (await store.AskAsync($"fit {guest} -o json", End)).Item();
            await TypedAsync($"release --guest {guest} --by ops --why over --at {Next()}");

            Assert.Equal((host, "FITS"), (fit.GetProperty("host").GetString(), fit.GetProperty("verdict").GetString()));
        }
    }

    [Theory]
    [InlineData("--vcpus 2 --memory 1GiB", "is taken: WINNER has it alone, decided by ops")]
    [InlineData("--vcpus 2 --memory 1GiB --cpu shared", "is not what it was when this was proposed: WINNER was pinned there by ops")]
    public async Task Of_two_who_accept_one_proposal_at_once_one_wins_and_the_other_is_told_why(string shape, string why)
    {
        var proposal = await PlaceAsync(shape);
        Assert.Equal(0, proposal.Code);
        var at = Next();

        var all = await Task.WhenAll(new[] { "left", "right" }.Select(guest => Task.Run(() => TypedAsync(
            $"decide --guest {guest} --from-placement - --by ops --why race --at {at}", proposal.Out))));
        var won = Assert.Single(all, one => one.Code == ExitCode.Yes);
        var lost = Assert.Single(all, one => one.Code == ExitCode.No);
        await TypedAsync($"release --guest {(won == all[0] ? "left" : "right")} --by ops --why over --at {Next()}");

        Assert.Contains(why.Replace("WINNER", won == all[0] ? "left" : "right", StringComparison.Ordinal), lost.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_host_that_has_the_room_passes_the_question_that_is_asked_first()
    {
        var keys = (await store.AskAsync<string>("select string_agg(name || '=' || host_key, ' ') from numa.host"))!.Split(' ')
            .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        var (sizes, kept) = (new[] { 1, 4, 24, 60, 120 }, 0);
        foreach (var (vcpus, gib, kind) in
            from vcpus in new[] { 1, 4, 7, 12, 20 } from gib in sizes from kind in Enum.GetValues<CpuKind>() select (vcpus, gib, kind))
        {
            var answer = await PlaceAsync($"--vcpus {vcpus} --memory {gib}GiB --cpu {kind.ToString().ToLowerInvariant()} --explain");
            var roomy = Roomy(new GuestWish("g", vcpus, (long)gib << 20, kind, Limits: new FitLimits()));
            Assert.All(Hosts(answer), host => Assert.Contains(keys[host], roomy));
            kept += Hosts(answer).Count;
        }

        Assert.True(kept > 20, $"only {kept} hosts fitted");
    }

    [Fact]
    public async Task A_host_that_is_silent_for_long_is_called_stale_and_not_used()
    {
        var answer = await store.AskAsync($"place --vcpus 1 --memory 1GiB --at {TimeText.Utc(End.AddDays(3))} --explain -o json", End.AddDays(3));

        Assert.Equal(1, answer.Code);
        var item = answer.Item();
        Assert.Empty(item.GetProperty("candidates").EnumerateArray());
        Assert.Equal(3, item.GetProperty("rejected").GetArrayLength());
        Assert.All(item.GetProperty("rejected").EnumerateArray(), host => Assert.Contains(
            host.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("code").GetString() == "stale"));
    }

    [Fact]
    public async Task Hosts_that_nobody_can_judge_are_named_beside_the_answer()
    {
        var gap = TimeText.Utc(End.AddDays(-4).AddHours(3));
        var answer = await store.AskAsync($"place --vcpus 2 --memory 1GiB --at {gap} -o json", End);
        var explained = await store.AskAsync($"place --vcpus 2 --memory 1GiB --explain --at {gap} -o json", End);

        Assert.Equal((0, "demo-a demo-c"), (answer.Code, string.Join(' ', Hosts(answer).Order(StringComparer.Ordinal))));
        Assert.Contains("note: demo-b: it may fit there or not, since what is known is too old or not enough; --explain tells", answer.Err, StringComparison.Ordinal);
        Assert.DoesNotContain("demo-b", explained.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_about_the_past_is_answered_with_the_past()
    {
        const string question = "place --vcpus 2 --memory 1GiB --on-cells 3 --host demo-c -o json";
        var before = await store.AskAsync($"{question} --at {TimeText.Utc(End.AddDays(-6))}", End);
        var now = await store.AskAsync(question, End);

        Assert.Equal((0, 1), (before.Code, now.Code));
        var cell = before.Item().GetProperty("candidates")[0].GetProperty("cells")[0];
        Assert.Equal(3, cell.GetProperty("hostCell").GetInt32());
        Assert.All(cell.GetProperty("pins").EnumerateArray(), pin => Assert.NotInRange(
            int.Parse(pin.GetProperty("cpus").GetString()!, System.Globalization.CultureInfo.InvariantCulture), 0, 23));
    }

    // What is decided comes after what was decided before, in the last hour of the week.
    private static string Next() => TimeText.Utc(End.AddHours(-1).AddSeconds(Interlocked.Increment(ref _decisions)));

    private Task<History.Outcome> PlaceAsync(string shape) => store.AskAsync($"place {shape} -o json", End);

    private static List<string> Hosts(History.Outcome answer) =>
        [.. answer.Item().GetProperty("candidates").EnumerateArray().Select(one => one.GetProperty("host").GetString()!)];

    private IReadOnlyList<string> Roomy(GuestWish wish)
    {
        using var reader = History.Reader(store, End);
        return [.. RoomNeed.Of(wish).SelectMany(need => RoomyHosts.InOrder(reader, wish, need, 100, TestContext.Current.CancellationToken)).SelectMany(part => part).Select(host => host.Key)];
    }

    private Task<(ExitCode Code, string Out, string Error)> TypedAsync(string line, string input = "") => store.TypeAsync(line, input);
}
