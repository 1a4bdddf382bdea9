using System.Text.Json;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Sources.Processes;

/// <summary>A host's own files, and its QEMU processes that libvirt does not list as guests.</summary>
internal sealed class ProcessesSource(ISource host, string root) : IGuestWatch
{
    private readonly QemuProcesses _processes = new(root);
    private Dictionary<string, GuestPins> _last = [];
    private Observation? _host;

    /// <inheritdoc/>
    public string Name => host.Name;

    /// <inheritdoc/>
    public async Task<Observation> ReadAsync(CancellationToken cancel)
    {
        _host = await host.ReadAsync(cancel);
        return With(_host, anew: true);
    }

    /// <inheritdoc/>
    public Observation? LookAtGuests() => _host is null ? null : With(_host, anew: false);

    private Observation With(Observation seen, bool anew)
    {
        var cells = seen.Topology?.Cells?.Where(cell => cell.MemoryKiB is null or > 0).Select(cell => cell.Id);
        return seen with
        {
            Guests = Kept(_processes.Read(seen.Topology?.Cpus.Online, cells is null ? null : CpuSet.Of(cells), anew)),
            IsEveryGuest = true,
        };
    }

    // Whoever asks again sees by the reference that nothing moved.
    private List<GuestPins> Kept(IReadOnlyList<GuestPins> now)
    {
        var marked = now.Select(guest => (Mark: JsonSerializer.Serialize(guest, FactJson.Default.GuestPins), Guest: guest)).DistinctBy(one => one.Mark).ToList();
        _last = marked.ToDictionary(one => one.Mark, one => _last.GetValueOrDefault(one.Mark, one.Guest));
        return [.. marked.Select(one => _last[one.Mark])];
    }
}
