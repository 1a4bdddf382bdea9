using System.Xml;
using NumaHistory.Schema.Formats.Xml;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>Memory that a guest has as devices (dimm, virtio-mem, ...), which is in no guest cell of a GuestPins.</summary>
public static class MemoryDevices
{
    /// <summary>How many there are in a document that was read before.</summary>
    public static int Count(ReadOnlyMemory<byte> document)
    {
        using var reader = SafeXml.Open(document);
        var (count, devices) = (0, -1);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                devices = reader.Depth <= devices ? -1 : devices;
                count += reader.Name == "memory" && devices >= 0 && reader.Depth == devices + 1 ? 1 : 0;
                devices = reader.Name == "devices" ? reader.Depth : devices;
            }
        }

        return count;
    }
}
