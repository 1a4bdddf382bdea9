using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Rendering;

internal static class DeviceText
{
    /// <summary>The devices that have names, up to so many, and how many others there are.</summary>
    public static string Of(IReadOnlyList<Device> devices, int most)
    {
        var named = devices.Where(device => device.Names.Count > 0).Take(most).Select(Of).ToList();
        var rest = devices.Count - named.Count;
        return (named.Count, rest) switch
        {
            (_, 0) => string.Join(", ", named),
            (0, _) => $"{rest} device{(rest == 1 ? "" : "s")}",
            _ => $"{string.Join(", ", named)} and {rest} more",
        };
    }

    /// <summary><c>eth0 (0000:3b:00.0)</c>, or the address alone where the system gave it no name.</summary>
    public static string Of(Device device) =>
        device.Names.Count == 0
            ? $"{device.Class} {device.Address}"
            : $"{string.Join(' ', device.Names)} ({device.Address})";
}
