using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;

namespace NumaHistory.Schema.Replay;

/// <summary>
/// Placements on one ground while its free memory moves. What follows from the ground alone is made once; a step of memory that was met before has
/// the answer it had.
/// </summary>
internal sealed class HostPlacements
{
    private readonly Dictionary<string, (bool? Fits, IReadOnlyList<string> Because)> _known = [];
    private readonly HostPlacer _placer;
    private readonly GuestWish _wish;
    private readonly FitHost _host;
    private readonly IReadOnlyList<GuestPins> _others;
    private readonly PlacementHost _rooms;
    private readonly MemoryNeeds _needs;

    public HostPlacements(GuestWish wish, DateTimeOffset at, HostGround ground)
    {
        (_wish, _host, _others) = (wish, ground.Host, ground.Others);
        _placer = new HostPlacer(wish, at);
        _rooms = HostRooms.Of(_host, _others, wish);
        _needs = new MemoryNeeds(wish, _host.Topology?.Cells ?? [], _others);
    }

    /// <summary>Whether what is free decides anything: the host has the room without looking at that.</summary>
    public bool AsksMemory => _host.Topology?.Cells is { Count: > 0 } && _placer.HasRoom(_host, _rooms);

    /// <summary>The answer without looking at free memory.</summary>
    public PlacementAnswer Place() => _placer.Place(_host, _rooms, _others, null).Answer;

    /// <summary>Records the answer with the memory that is free from a moment on.</summary>
    public void Place(HourMemory? hour, DateTimeOffset at, PlacementRecord record)
    {
        var step = _needs.Step(hour?.Least);
        if (_known.TryGetValue(step, out var known) && record.Says(known.Fits, known.Because))
        {
            return;
        }

        var host = _host with { Memory = hour?.Least };
        record.Add(at, _placer.Place(host, HostRooms.WithMemory(_rooms, host, _others, _wish), _others, null).Answer);
        _known[step] = record.Open;
    }
}
