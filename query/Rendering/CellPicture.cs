using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Rendering;

/// <summary>A cell as a box: memory and page pools, cores with their threads, devices, guests.</summary>
internal static class CellPicture
{
    private const int Inner = 38;
    private const int MostCores = 40;
    private const int MostDevices = 6;
    private const int MostGuests = 8;

    public static Box Draw(TopologyItem item, Cell cell, IReadOnlyList<PlacedGuestItem> guests, Look look) =>
        Box.Of([.. Memory(cell, look), .. Cpus(item, cell), .. Devices(item, cell), .. Guests(guests, look)], Inner)
            .Framed(Title(cell), look.Ascii);

    private static string Title(Cell cell) =>
        $"cell {cell.Id}" + (cell.Tier is { } tier ? $", tier {tier}" : "");

    private static IEnumerable<string> Memory(Cell cell, Look look)
    {
        var pools = cell.Pages?.Where(pool => pool.Total != 0).Select(Show.Pool).ToList() ?? [];
        yield return $"memory {Show.Size(cell.MemoryKiB, look) ?? "?"}"
            + (pools.Count > 0 ? $", {string.Join(' ', pools)}" : "");
        foreach (var cache in cell.Caches ?? [])
        {
            yield return $"memory-side cache L{cache.Level} {Show.Size(cache.SizeKiB, look) ?? "?"}";
        }
    }

    private static IEnumerable<string> Cpus(TopologyItem item, Cell cell)
    {
        if (cell.Cpus is null)
        {
            return ["CPUs ?"];
        }

        if (cell.Cpus.IsEmpty)
        {
            return ["no CPUs"];
        }

        return CellCpus.Cores(item, cell) switch
        {
            null => Wrapped([$"CPUs {cell.Cpus}"]),
            { Count: > MostCores } many =>
                Wrapped([$"{many.Count} cores of {many.Max(core => core.Count)} CPUs:", cell.Cpus.ToString()]),
            var cores => Wrapped(
                cores.Select(core => $"[{string.Join(' ', core.Members().Select(id => Marked(item, cell, id)))}]")),
        };
    }

    // Offline CPUs are in brackets: some sources keep them in the cell.
    private static string Marked(TopologyItem item, Cell cell, int id) =>
        (cell.OnlineCpus?.Contains(id) == false ? $"({id})" : $"{id}")
            + (item.Cpus.Isolated?.Contains(id) == true ? "*" : "");

    private static IEnumerable<string> Devices(TopologyItem item, Cell cell)
    {
        var devices = item.Devices?.Where(device => device.Cell == cell.Id).ToList() ?? [];
        var named = devices.Where(device => device.Names.Count > 0).Take(MostDevices).ToList();
        var rest = devices.Count - named.Count;
        foreach (var device in named)
        {
            yield return Cut(Cleaned.Text(DeviceText.Of(device)));
        }

        if (rest > 0)
        {
            yield return (named.Count > 0 ? $"and {rest} more device" : $"{rest} device") + (rest == 1 ? "" : "s");
        }
    }

    private static IEnumerable<string> Guests(IReadOnlyList<PlacedGuestItem> guests, Look look)
    {
        foreach (var guest in guests.Take(MostGuests))
        {
            var memory = guest.CommittedKiB > 0 ? $" {Show.Size(guest.CommittedKiB, look)}" : "";
            yield return Cut($"guest {GuestMarks.Marked(guest)}{memory}");
        }

        if (guests.Count > MostGuests)
        {
            yield return $"and {guests.Count - MostGuests} more guest" + (guests.Count - MostGuests == 1 ? "" : "s");
        }
    }

    private static string Cut(string text) => text.Length <= Inner ? text : text[..(Inner - 3)] + "...";

    private static IEnumerable<string> Wrapped(IEnumerable<string> words)
    {
        var line = "";
        foreach (var word in words)
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Inner)
            {
                yield return line;
                line = "";
            }

            line += line.Length > 0 ? " " + word : word;
        }

        yield return line;
    }
}
