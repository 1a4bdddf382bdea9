using System.Globalization;
using System.Text.Json;
using NumaHistory.PostgresTests.Journal;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>
/// On a fleet that fills up with guests of any wish: what place proposes, decide accepts and fit calls FITS, of it and of all that were there before; of
/// two who accept one proposal at once one wins.
/// </summary>
public sealed class ProposalLawTests(MigratedStore store) : IClassFixture<MigratedStore>
{
    private static readonly DateTimeOffset Now = Some.Minute(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_is_proposed_is_accepted_and_fits_beside_all_that_was_accepted_before(int seed)
    {
        var random = new Random(seed);
        string[] hosts = [.. Enumerable.Range(0, 3).Select(i => $"law{seed}-{i}")];
        foreach (var host in hosts)
        {
            await HostAsync(host, random);
        }

        var (accepted, second) = (new List<string>(), 0);
        for (var i = 0; i < 25; i++)
        {
            var wish = $"{Wish(random)} --host {hosts[random.Next(hosts.Length)]}";
            var proposal = await store.AskAsync($"place {wish} -o json", Now);
            Assert.True(proposal.Code is 0 or 1, $"{wish}: {proposal.Err}");
            if (proposal.Code == 1)
            {
                continue;
            }

            var at = TimeText.Utc(Some.Minute(10).AddSeconds(++second));
            var guests = random.Next(3) == 0 ? new[] { $"s{seed}g{i}", $"s{seed}g{i}too" } : [$"s{seed}g{i}"];
            var all = await Task.WhenAll(guests.Select(guest => Task.Run(
                () => store.TypeAsync($"decide --guest {guest} --from-placement - --by ops --why room --at {at}", proposal.Out), Cancel)));
            Assert.True(all.Count(one => one.Code == ExitCode.Yes) == 1, $"{wish}: {string.Join('\n', all.Select(one => one.Error))}");
            accepted.Add(guests[Array.FindIndex(all, one => one.Code == ExitCode.Yes)]);

            var fit = await store.AskAsync($"fit {string.Join(' ', accepted)} -o json", Now);
            Assert.All(fit.Items(), item => Assert.True(item.GetProperty("verdict").GetString() == "FITS", $"{wish}: {item}"));
            await AssertReservedAsync(proposal, accepted[^1], wish);
        }

        Assert.True(accepted.Count >= 5, $"only {accepted.Count} were placed");
    }

    private async Task AssertReservedAsync(History.Outcome proposal, string guest, string wish)
    {
        // A CPU that the emulator was asked to have for itself is nobody else's either.
        string[] members = wish.Contains("--emulator isolate", StringComparison.Ordinal) ? ["reserved", "emulator"] : ["reserved"];
        var reserved = proposal.Item().GetProperty("candidates")[0].GetProperty("cells").EnumerateArray()
            .SelectMany(cell => members.Select(member => cell.GetProperty(member).GetString()))
            .Aggregate(CpuSet.Empty, (all, text) => all.Union(CpuSet.Parse(text ?? ""))).ToString();
        var pins = (await store.AskAsync($"pins {guest} -o json", Now)).Item();
        var recorded = pins.TryGetProperty("reserved", out var member) && member.ValueKind != JsonValueKind.Null ? member.GetString() : "";
        Assert.True(reserved == recorded, $"{wish}: proposed {reserved}, recorded {recorded}");
    }

    // Four cells with SMT and pages, two without SMT, or one small one.
    private async Task HostAsync(string name, Random random)
    {
        var machine = random.Next(3) switch
        {
            0 => FourCells() with { Cells = [.. FourCells().Cells.Select(cell => cell with { HugePages = 1024 })] },
            1 => FourCells() with { Threads = 1 },
            _ => Some.TwoCells(),
        };
        var topology = machine.Topology();
        await store.Facts.RecordAsync(
            FactJournalTests.Look(name, topology, 0) with
            {
                Memory = new ObservedMemory(
                [
                    .. topology.Cells!.Select(cell => new CellMemory(
                        cell.Id, cell.MemoryKiB, cell.MemoryKiB - (cell.Pages![0].Total * 2048) - (random.Next(3) << 20), 0,
                        [new FreePages(2048, cell.Pages[0].Total), new FreePages(1_048_576, 0)])),
                ]),
            },
            Cancel);
    }

    private static Machine FourCells() => new(
        [.. Enumerable.Range(0, 4).Select(cell => new MachineCell(cell, CpuSet.Range(cell * 4, (cell * 4) + 3), 8 << 20, Socket: cell / 2))])
    {
        Threads = 2,
        Devices = [new Device("0000:3b:00.0", "network", ["eth0"], null, 1)],
    };

    private static string Wish(Random random)
    {
        // Shared vCPUs have no cores.
        var cpu = Maybe("--cpu shared");
        string[] words =
        [
            string.Create(CultureInfo.InvariantCulture, $"--vcpus {random.Next(1, 5)} --memory {random.Next(1, 5) * 256}MiB"),
            Maybe("--cells 1", "--cells 2"),
            cpu,
            cpu.Length > 0 ? Maybe("--smt prefer") : Maybe("--smt prefer", "--smt isolate", "--smt require"),
            Maybe("--emulator isolate", "--emulator share"),
            Maybe("--reserved 1"),
            Maybe("--hugepages 2MiB", "--hugepages any"),
            Maybe("--policy pack", "--policy spread", "--policy closest"),
            Maybe("--allow-shared-cells"),
            Maybe("--near eth0"),
            Maybe("--cpu-ratio 2", "--memory-ratio 1.5"),
            Maybe("--on-cells 0-1"),
        ];
        return string.Join(' ', words.Where(word => word.Length > 0));

        // Most wishes say little.
        string Maybe(params string[] words) => random.Next(4) == 0 ? words[random.Next(words.Length)] : "";
    }
}
