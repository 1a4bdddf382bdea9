using System.Text.Json;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Contract;

/// <summary>Guests that somebody wrote by hand: refused with the path of a value that cannot be.</summary>
internal static class GivenGuest
{
    private const int MostVcpus = 65_536;

    public static GuestPins Checked(GuestPins guest, string path)
    {
        if (guest is null || string.IsNullOrEmpty(guest.Guest))
        {
            throw new JsonException($"{path}.guest is missing");
        }

        var pins = guest.Pins.Select(pin => pin?.Vcpu ?? -1).ToList();
        var cells = guest.GuestCells.Select(cell => cell?.Id ?? -1).ToList();
        Refuse(pins.Exists(vcpu => vcpu is < 0 or >= MostVcpus), $"{path}.pins holds a vcpu out of range");
        Refuse(pins.Distinct().Count() < pins.Count, $"{path}.pins names a vcpu twice");
        Refuse(guest.Vcpus is { } count && (count.Current < 0 || count.Maximum < count.Current || count.Maximum > MostVcpus), $"{path}.vcpus is out of range");
        Refuse(cells.Exists(id => id is < 0 or >= MostVcpus), $"{path}.guestCells holds an id out of range");
        Refuse(cells.Distinct().Count() < cells.Count, $"{path}.guestCells names an id twice");
        Refuse(guest.Iothreads.Any(thread => thread is null), $"{path}.iothreads holds null");
        Refuse(guest.HostDevices.Any(device => device is null), $"{path}.hostDevices holds null");
        Refuse(guest.Pages.Any(page => page is null || page.SizeKiB is <= 0 or > GivenTopology.MostKiB), $"{path}.pages holds a size out of range");
        Refuse(
            !IsMemory(guest.MemoryKiB) || !IsMemory(guest.CurrentMemoryKiB) || guest.GuestCells.Any(cell => !IsMemory(cell.MemoryKiB)),
            $"{path} has memory out of range");
        return guest;
    }

    private static bool IsMemory(long? kib) => kib is null or (>= 0 and <= GivenTopology.MostKiB);

    private static void Refuse(bool isWrong, string why)
    {
        if (isWrong)
        {
            throw new JsonException(why);
        }
    }
}
