using System.Text;
using System.Text.Json;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Commands;

/// <summary>One candidate of a PlacementAnswer that somebody accepts; the others are remembered as rejected. Position = the newest
/// event that the answer rests on, At the moment it is for; null where it does not say.</summary>
internal sealed record AcceptedPlacement(PlacedCandidate Candidate, IReadOnlyList<RejectedAlternative> Rejected, long? Position, DateTimeOffset? At)
{
    /// <summary>The host that is accepted.</summary>
    public string Host => Candidate.Host;

    private IReadOnlyList<PlacedCell> Cells => Candidate.Cells ?? [];

    /// <summary>Reads the answer from a file or standard input; the first candidate counts, or the one on the named host.</summary>
    public static async Task<AcceptedPlacement> ReadAsync(string file, string? host, RecorderContext context, CancellationToken cancel)
    {
        try
        {
            await using var stream = file == "-" ? context.In : File.OpenRead(file);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var answer = JsonSerializer.Deserialize((await reader.ReadToEndAsync(cancel)).Trim(), PlacementJson.Default.PlacementProposal)
                ?? throw new JsonException("it is null");
            answer = answer.Items is [var item, ..] ? item with { At = answer.At } : answer;
            var candidates = answer.Candidates ?? [];
            var chosen = candidates.FirstOrDefault(candidate => host is null || candidate.Host == host)
                ?? throw new Refusal(
                    ExitCode.Usage,
                    candidates.Count == 0 ? "--from-placement: the answer has no candidate" : $"--from-placement: the answer has no candidate on {host}",
                    "numa-history place ... -o json | numa-recorder decide --from-placement -");
            return new AcceptedPlacement(
                chosen,
                [
                    .. candidates.Where(other => !ReferenceEquals(other, chosen)).Select(other => new RejectedAlternative(other.Host, null)),
                    .. (answer.Rejected ?? []).Select(other => new RejectedAlternative(other.Host, other.Why())),
                ],
                answer.Position,
                answer.At);
        }
        catch (JsonException error)
        {
            throw new Refusal(ExitCode.Usage, $"--from-placement: this is no PlacementAnswer: {JsonFault.Words(error)}", cause: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Refusal(ExitCode.SourceUnusable, $"--from-placement {file}: {error.Message}", cause: error);
        }
    }

    /// <summary>The pinning as proposed; what else was said on the command line stays.</summary>
    public GuestPins Onto(GuestPins pins)
    {
        var placed = Cells.SelectMany(cell => cell.Pins ?? []).OrderBy(pin => pin.Vcpu).ToList();
        var count = placed.Count == 0 ? 0 : placed.Max(pin => pin.Vcpu) + 1;
        var emulator = Cells.Select(cell => cell.Emulator).OfType<CpuSet>().Aggregate(CpuSet.Empty, (all, set) => all.Union(set));
        var reserved = Cells.Select(cell => cell.Reserved).OfType<CpuSet>().Aggregate(CpuSet.Empty, (all, set) => all.Union(set));
        reserved = Candidate.EmulatorThreads == EmulatorPolicy.Isolate ? reserved.Union(emulator) : reserved;
        return pins with
        {
            Pins = placed,
            Reserved = reserved.IsEmpty ? null : reserved,
            Exclusive = pins.Exclusive == true || Candidate.Exclusive == true,
            Smt = pins.Smt ?? Candidate.Smt,
            HostDevices = Candidate.HostDevices ?? pins.HostDevices,
            Iothreads = Candidate.Iothreads ?? pins.Iothreads,
            Vcpus = count == 0 ? null : new GuestVcpus(count, count),
            Emulator = emulator.IsEmpty ? pins.Emulator : emulator,
            MemoryKiB = pins.MemoryKiB ?? (Cells.Any(cell => cell.MemoryKiB is null) ? null : Cells.Sum(cell => cell.MemoryKiB)),
            Pages = Pages(),
            Memory = new MemoryBinding(pins.Memory?.Mode ?? MemoryMode.Strict, CpuSet.Of(Cells.Select(cell => cell.HostCell))),
            GuestCells = Cells.Count < 2 ? [] :
            [
                .. Cells.Select(cell => new GuestCell(
                    cell.GuestCell, CpuSet.Of((cell.Pins ?? []).Select(pin => pin.Vcpu)), cell.MemoryKiB, MemoryMode.Strict, CpuSet.Of(cell.HostCell))),
            ],
        };
    }

    private List<GuestPages> Pages() =>
    [
        .. Cells.Where(cell => cell.PageSizeKiB is not null).GroupBy(cell => cell.PageSizeKiB)
            .Select(size => new GuestPages(size.Key, Cells.Count < 2 ? null : CpuSet.Of(size.Select(cell => cell.GuestCell)))),
    ];
}
