using System.Xml;
using System.Xml.Linq;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// libvirt's &lt;sysinfo&gt;: what the firmware says of the machine. The UUID of the capabilities is no substitute:
/// where the firmware gives none, a daemon makes one up at every start.
/// </summary>
internal static class SysinfoXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
    };

    public static (string? Uuid, string? Bios) Read(byte[] xml)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml), Settings);
            var root = XElement.Load(reader);
            var uuid = Entry(root, "system", "uuid");
            return (Guid.TryParse(uuid, out var known) ? known.ToString("D") : null, Entry(root, "bios", "version"));
        }
        catch (XmlException)
        {
            return default;
        }
    }

    private static string? Entry(XElement root, string group, string name)
    {
        var entries = root.Elements(group).Elements("entry");
        var text = entries.FirstOrDefault(entry => entry.Attribute("name")?.Value == name)?.Value.Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }
}
