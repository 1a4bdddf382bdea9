using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Rendering;

internal static class DeviceText
{
    /// <summary><c>eth0 (0000:3b:00.0)</c>, or the address alone where the system gave it no name.</summary>
    public static string Of(Device device) =>
        device.Names.Count == 0 ? $"{device.Class} {device.Address}" : $"{string.Join(' ', device.Names)} ({device.Address})";
}
