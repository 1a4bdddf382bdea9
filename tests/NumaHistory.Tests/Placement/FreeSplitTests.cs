using System.Text.Json;
using CsCheck;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>A guest without cells is split over the fewest host cells, of these the closest; each of them has what is asked for, be there none of it left.</summary>
public sealed class FreeSplitTests
{
    private static readonly Gen<(int Cpus, int Used, long MemoryKiB, long UsedKiB, long? Gpu)> Cell = Gen.Select(
        Gen.Int[0, 4], Gen.Int[0, 4], Gen.Long[0, 4], Gen.Long[0, 4], Gen.Long[0, 2].Nullable(), (cpus, used, memory, taken, gpu) => (cpus, Math.Min(cpus, used), memory, Math.Min(memory, taken), gpu));

    [Theory]
    [InlineData("""{"id":0,"dedicatedCpus":"0-3","memoryKiB":1000},{"id":1,"dedicatedCpus":"","memoryKiB":1000}""", 2, 1500, null)]
    [InlineData("""{"id":0,"dedicatedCpus":"0-3","memoryKiB":1000},{"id":1,"dedicatedCpus":"","memoryKiB":1000}""", 1, 1500, null)]
    [InlineData("""{"id":0,"dedicatedCpus":"0-3","memoryKiB":1000},{"id":1,"dedicatedCpus":"4","usedDedicatedCpus":"4","memoryKiB":1000}""", 2, 1500, "0,1")]
    [InlineData("""{"id":0,"dedicatedCpus":"0-3","memoryKiB":1000},{"id":1,"dedicatedCpus":"4-7","memoryKiB":1000,"memoryUsedKiB":1000}""", 6, 500, "0,1")]
    [InlineData("""{"id":0,"dedicatedCpus":"0-3","memoryKiB":1000},{"id":1,"dedicatedCpus":"4-7"}""", 6, 500, null)]
    public void A_cell_without_any_CPU_or_memory_is_none_of_them(string cells, int vcpus, long kib, string? chosen)
    {
        var problem = $$$"""{"host":{"name":"h","cells":[{{{cells}}}]},"guest":{"cells":null,"vcpus":{{{vcpus}}},"memoryKiB":{{{kib}}} } }""";

        var answer = Placer.Place(JsonSerializer.Deserialize(problem, PlacementJson.Default.PlacementProblem)!.Request());

        Assert.Equal(chosen, answer.Fits ? string.Join(',', answer.Candidates[0].Cells!.Select(cell => cell.HostCell)) : null);
    }

    [Fact]
    public void It_is_the_choice_of_all_choices() =>
        Gen.Select(Cell.Array[1, 5], Gen.Int[1, 8], Gen.Long[1, 8], Gen.Long[0, 3], Gen.Int[11, 40].Array[10]).Sample((cells, vcpus, kib, gpu, distances) =>
        {
            int Distance(int left, int right) => left == right ? 10 : distances[((Math.Max(left, right) * (Math.Max(left, right) - 1)) / 2) + Math.Min(left, right)];
            var rooms = cells.Select((cell, id) => new CellRoom(
                id, DedicatedCpus: Set(id * 4, cell.Cpus), UsedDedicatedCpus: Set(id * 4, cell.Used), MemoryKiB: cell.MemoryKiB, MemoryUsedKiB: cell.UsedKiB,
                Resources: cell.Gpu is { } has ? new Dictionary<string, long> { ["gpu"] = has } : null,
                Distances: [.. Enumerable.Range(0, cells.Length).Select(to => new CellDistance(to, Distance(id, to)))]));
            var guest = new PlacementGuest(null, null, vcpus, kib, new Dictionary<string, long> { ["gpu"] = gpu });

            var answer = Placer.Place(new PlacementRequest(new PlacementHost("h", [.. rooms]), guest));

            var best = Enumerable.Range(1, (1 << cells.Length) - 1).Select(mask => Enumerable.Range(0, cells.Length).Where(cell => (mask & (1 << cell)) != 0).ToList())
                .Where(some => some.TrueForAll(cell => cells[cell].Cpus > 0 && cells[cell].MemoryKiB > 0 && (gpu == 0 || cells[cell].Gpu is not null))
                    && some.Sum(cell => cells[cell].Cpus - cells[cell].Used) >= vcpus && some.Sum(cell => cells[cell].MemoryKiB - cells[cell].UsedKiB) >= kib
                    && some.Sum(cell => cells[cell].Gpu ?? 0) >= gpu)
                .Select(some => (some.Count, Sum: some.Sum(left => some.Sum(right => Distance(left, right)))))
                .Order().FirstOrDefault();
            var chosen = answer.Fits ? answer.Candidates[0].Cells!.Select(cell => cell.HostCell).ToList() : [];

            Assert.Equal(best, (chosen.Count, chosen.Sum(left => chosen.Sum(right => Distance(left, right)))));
            Assert.Equal(answer.Fits ? vcpus : 0, answer.Candidates.SelectMany(one => one.Cells!).Sum(cell => cell.Pins!.Count));
            Assert.Equal(answer.Fits ? kib : 0, answer.Candidates.SelectMany(one => one.Cells!).Sum(cell => cell.MemoryKiB));
        });

    private static CpuSet Set(int first, int count) => count == 0 ? CpuSet.Empty : CpuSet.Range(first, first + count - 1);
}
