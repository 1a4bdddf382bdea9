using System.Text.Json;
using NumaHistory.PostgresTests.Demo;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>Every option of place, on the bundled week.</summary>
public sealed class PlaceOptionTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>, IAsyncLifetime
{
    private static readonly DateTimeOffset End = Some.Noon.AddDays(1);

    public async ValueTask InitializeAsync() => await store.LoadDemoAsync(End);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("--vcpus 4 --memory 8GiB", "demo-a", "0")]
    [InlineData("--vcpus 4 --memory 8GiB --policy pack", "demo-a", "1")]
    [InlineData("--vcpus 4 --memory 8GiB --policy spread", "demo-c", "0")]
    [InlineData("--vcpus 4 --memory 8GiB --cells 2", "demo-a", "0,1")]
    [InlineData("--vcpus 4 --memory 8GiB --cells 2 --allow-shared-cells --on-cells 2", "demo-a", "2,2")]
    [InlineData("--vcpus 4 --memory 8GiB --on-cells 2", "demo-a", "2")]
    [InlineData("--vcpus 4 --memory 8GiB --cpu shared --cpu-ratio 0.5", "demo-a", "2")]
    [InlineData("--vcpus 2 --memory 4GiB --smt require", "demo-a", "2")]
    [InlineData("--vcpus 4 --memory 2GiB --smt isolate --host demo-a", "demo-a", "2")]
    public async Task The_best_place_is_the_one_that_the_options_ask_for(string words, string host, string cells)
    {
        var best = (await PlaceAsync(words)).Item().GetProperty("candidates")[0];

        Assert.Equal(host, best.GetProperty("host").GetString());
        Assert.Equal(cells, string.Join(',', best.GetProperty("cells").EnumerateArray().Select(cell => cell.GetProperty("hostCell").GetInt32())));
    }

    [Theory]
    [InlineData("--vcpus 9 --memory 8GiB --cells 1 --host demo-c", "self-overlap", "ask for no more than 8 CPUs in a guest cell")]
    [InlineData("--vcpus 5 --memory 8GiB --cells 1 --on-cells 0 --host demo-a", "overlap", "free 1 CPU in cell 0")]
    [InlineData("--vcpus 2 --memory 4GiB --cells 1 --on-cells 3 --host demo-a", "memory-committed", "free 4 GiB in cell 3")]
    [InlineData("--vcpus 2 --memory 4GiB --hugepages 2MiB --host demo-a", "hugepages", "set 2048 more pages of 2 MiB aside in cell 0")]
    [InlineData("--vcpus 2 --memory 4GiB --hugepages large --host demo-a", "hugepages", "set whole pages aside in cell 0")]
    [InlineData("--vcpus 2 --memory 4GiB --smt require --host demo-b", "smt-policy", "switch SMT on, or do without require")]
    [InlineData("--vcpus 2 --memory 4GiB --near 0000:e1:00.0 --host demo-c", "device-remote", "name a device of this host whose cell is known")]
    [InlineData("--vcpus 2 --memory 4GiB --on-cells 7 --host demo-c", "cell-gone", "name other cells, or none")]
    [InlineData("--vcpus 4 --memory 8GiB --cells 1 --cpu shared --cpu-ratio 0.1 --host demo-c", "overcommit", "allow 0.5 shared vCPUs for a CPU")]
    public async Task A_host_where_it_does_not_fit_says_why_and_what_would_have_to_change(string words, string code, string repair)
    {
        var answer = await PlaceAsync($"{words} --explain");

        Assert.Equal(1, answer.Code);
        var findings = answer.Item().GetProperty("rejected")[0].GetProperty("findings").EnumerateArray().ToList();
        Assert.Contains(code, findings.Select(finding => finding.GetProperty("code").GetString()));
        Assert.Contains(repair, findings.Select(finding => finding.GetProperty("repair").GetString()));
    }

    [Theory]
    [InlineData("virsh")]
    [InlineData("xml")]
    public async Task What_another_program_reads_is_empty_where_nothing_fits(string format)
    {
        var no = await store.AskAsync($"place --vcpus 99 --memory 4GiB -o {format}", End);

        Assert.Equal((1, ""), (no.Code, no.Out));
        Assert.Contains("it fits nowhere", no.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0000:3b:00.0")]
    [InlineData("3b:00.0")]
    [InlineData("pci_0000_3b_00_0")]
    public async Task A_device_is_known_by_the_names_of_lspci_and_libvirt(string device)
    {
        var near = await PlaceAsync($"--vcpus 2 --memory 1GiB --near {device}");
        var other = await PlaceAsync("--vcpus 2 --memory 1GiB --near 0000:3b:00.0");

        Assert.Equal((0, other.Item().GetProperty("candidates").GetRawText()), (near.Code, near.Item().GetProperty("candidates").GetRawText()));
    }

    [Theory]
    [InlineData("--vcpus 1 --memory 1GiB --cells 2", "note: guest cells with vCPUs: 1 of 2; the others have memory alone")]
    [InlineData("--vcpus 2 --memory 1GiB --cells 2", "")]
    public async Task Guest_cells_without_a_vCPU_are_told(string words, string note) =>
        Assert.Equal((0, note), ((await PlaceAsync(words)).Code, (await PlaceAsync(words)).Err.Trim()));

    [Fact]
    public async Task Reserved_CPUs_are_recorded_and_nobody_else_gets_them()
    {
        var proposal = await PlaceAsync("--vcpus 1 --memory 1GiB --reserved 2 --emulator isolate --host demo-c");
        var cell = proposal.Item().GetProperty("candidates")[0].GetProperty("cells")[0];
        var reserved = cell.GetProperty("reserved").GetString()!;
        Assert.Equal(ExitCode.Yes, (await DecideAsync("keeper", proposal.Out)).Code);

        var pins = (await store.AskAsync("pins keeper -o json", End)).Item();
        var other = (await PlaceAsync("--vcpus 8 --memory 1GiB --cells 1 --on-cells 0 --host demo-c --explain")).Item();
        var (code, _, error) = await store.TypeAsync(
            $"decide --guest thief --host demo-c --pin 0={reserved} --by ops --why greed --at {TimeText.Utc(End.AddMinutes(-1))}");
        var wide = await store.AskAsync("pins keeper -o wide", End);
        await store.TypeAsync($"release --guest keeper --by ops --why over --at {TimeText.Utc(End)}");

        Assert.Equal(2, CpuCount(reserved));
        Assert.Equal(CpuSet.Parse($"{cell.GetProperty("emulator").GetString()},{reserved}").ToString(), pins.GetProperty("reserved").GetString());
        Assert.Contains("free are: cell 0: 4 of 8", other.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, code);
        Assert.Contains($"CPU {reserved} of demo-c is taken: keeper has it alone, decided by ops", error, StringComparison.Ordinal);
        Assert.Contains("RESERVED", wide.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kept_back_memory_and_the_overhead_are_what_the_options_say()
    {
        var free = await LeftAsync("--reserve 0KiB --overhead 0KiB");

        Assert.Equal(free - (10L << 20), await LeftAsync("--reserve 10GiB --overhead 0KiB"));
        Assert.Equal(free - (128 << 10) - (64 << 10), await LeftAsync(""));
        Assert.Contains("kept back in each cell 1 GiB, each guest costs 2 GiB", (await PlaceAsync("--vcpus 1 --memory 1GiB --reserve 1GiB --overhead 2GiB --explain")).Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("closest --cells 2")]
    [InlineData("pack")]
    [InlineData("spread --cells 3")]
    public async Task A_score_can_be_checked_by_hand(string policy)
    {
        var answer = await PlaceAsync($"--vcpus 6 --memory 6GiB --explain --policy {policy}");
        var table = await store.AskAsync($"place --vcpus 6 --memory 6GiB --explain --policy {policy}", End);

        Assert.All(answer.Item().GetProperty("candidates").EnumerateArray(), one =>
        {
            Assert.Equal(ByHand(one.GetProperty("scoreParts")), one.GetProperty("score").GetDouble(), 0.051);
            Assert.Contains($"{one.GetProperty("host").GetString()} scores ", table.Out, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("-6d", true)]
    [InlineData("-1d", false)]
    public async Task Beside_a_device_of_the_past_lies_one_guest_cell_and_the_others_lie_elsewhere(string at, bool fits)
    {
        var answer = await PlaceAsync($"--vcpus 4 --memory 4GiB --cells 2 --near 0000:e1:00.0 --host demo-c --at {at}");

        Assert.Equal(fits ? 0 : 1, answer.Code);
        Assert.Equal("raw", answer.Item().GetProperty("memorySource").GetString());
        Assert.Contains("free memory is the least of the hour of ", answer.Err, StringComparison.Ordinal);
        Assert.All(answer.Item().GetProperty("candidates").EnumerateArray(), one =>
            Assert.Single(one.GetProperty("cells").EnumerateArray(), cell => cell.GetProperty("hostCell").GetInt32() == 3));
    }

    private static double ByHand(JsonElement parts)
    {
        var left = parts.GetProperty("cells").EnumerateArray().Average(cell =>
            ((cell.GetProperty("cpusLeft").GetDouble() / cell.GetProperty("cpus").GetDouble())
                + (cell.GetProperty("memoryLeftKiB").GetDouble() / cell.GetProperty("memoryKiB").GetDouble())) / 2);
        return parts.GetProperty("policy").GetString() switch
        {
            "closest" => Math.Min(100, 1000.0 * parts.GetProperty("pairs").GetInt32() / parts.GetProperty("distance").GetInt64()),
            "pack" => 100 - (100 * left),
            _ => 100 * left,
        };
    }

    // What a guest of nothing but 1 GiB leaves of the first cell.
    private async Task<long> LeftAsync(string words)
    {
        var best = (await PlaceAsync($"--vcpus 1 --memory 1GiB --on-cells 0 --host demo-c {words}")).Item().GetProperty("candidates")[0];
        return best.GetProperty("scoreParts").GetProperty("cells")[0].GetProperty("memoryLeftKiB").GetInt64();
    }

    private static int CpuCount(string cpus) => Schema.Topology.CpuSet.Parse(cpus).Count;

    private Task<(ExitCode Code, string Out, string Error)> DecideAsync(string guest, string proposal) => store.TypeAsync(
        $"decide --guest {guest} --from-placement - --by ops --why room --at {TimeText.Utc(End.AddMinutes(-2))}", proposal);

    private Task<History.Outcome> PlaceAsync(string words) => store.AskAsync($"place {words} -o json", End);
}
