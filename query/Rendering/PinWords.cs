using NumaHistory.Schema.Pinning;

namespace NumaHistory.Query.Rendering;

/// <summary>Parts of a pinning as words.</summary>
internal static class PinWords
{
    public static string Layer(PinLayer layer) => layer switch
    {
        PinLayer.Live => "live",
        PinLayer.SavedImage => "saved-image",
        PinLayer.Decided => "decided",
        _ => "config",
    };

    public static string Mode(MemoryMode mode) => mode switch
    {
        MemoryMode.Preferred => "preferred",
        MemoryMode.Interleave => "interleave",
        MemoryMode.Restrictive => "restrictive",
        _ => "strict",
    };

    /// <summary><c>0=4 1=5</c>; what is preferred stands after a slash.</summary>
    public static string Vcpus(GuestPins pins) => string.Join(
        ' ', pins.Pins.Select(pin => $"{pin.Vcpu}={pin.Cpus?.ToString() ?? "all"}{(pin.Preferred is { } soft ? $"/{soft}" : "")}"));

    /// <summary><c>strict:1</c>; where each guest cell is bound by itself <c>0=strict:1 1=strict:2</c>; null where nothing is bound.</summary>
    public static string? Memory(GuestPins pins)
    {
        if (pins.Memory is { } memory)
        {
            return $"{Mode(memory.Mode)}:{memory.Cells?.ToString() ?? "auto"}";
        }

        var bound = pins.GuestCells.Where(cell => cell.Cells is not null).Select(cell => $"{cell.Id}={Mode(cell.Mode ?? MemoryMode.Strict)}:{cell.Cells}");
        return string.Join(' ', bound) is { Length: > 0 } cells ? cells : null;
    }

    public static string Iothreads(GuestPins pins) =>
        string.Join(' ', pins.Iothreads.Select(thread => $"{thread.Id}={thread.Cpus?.ToString() ?? "all"}"));
}
