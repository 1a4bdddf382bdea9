using System.Security.Cryptography;
using System.Text;
using NumaHistory.Recorder.Sources.Libvirt.Native;
using NumaHistory.Schema.Formats.TopologyXml;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// Reads a host's capabilities and CPU map; while both stay what they were, the reading of last time is handed out
/// again.
/// </summary>
internal sealed class HostReader
{
    /// <summary>How problems and raw text name the document.</summary>
    private const string Document = "capabilities.xml";

    // Wide enough for any map where the host does not say how many CPUs it has.
    private const int UnknownWidth = 4096;

    private byte[] _hash = [];
    private CpuPresence? _presence;
    private HostReading? _reading;

    public HostReading Read(HostConnection connection)
    {
        var presence = Presence(connection);
        return connection.Capabilities(xml =>
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(xml, hash);
            if (_reading is not null && hash.SequenceEqual(_hash) && presence == _presence)
            {
                return _reading;
            }

            (_hash, _presence) = (hash.ToArray(), presence);
            return _reading = Parse(connection, xml.ToArray(), presence);
        });
    }

    private static HostReading Parse(HostConnection connection, byte[] xml, CpuPresence? presence)
    {
        var parsed = TopologyDocuments.Parse(xml);
        var problems = parsed.Problems.Select(problem => problem.With(Document)).ToList();
        var hasCells = parsed.Topology is { Cells.Count: > 0 };
        var topology = hasCells ? parsed.Topology : PlainHost.Read(connection);
        if (topology is null)
        {
            problems.Add(parsed.Refused?.With(Document)
                ?? new Problem(Document, null, "lists no cells: which CPU is in which is not known"));
        }

        var cpus = topology is null ? null : CpuPresence.Of(topology);
        var (uuid, bios) = Firmware(connection);
        return new HostReading(
            topology is null ? null : presence?.Applied(topology, Document, problems) ?? topology,
            hasCells,
            cpus,
            Math.Max(presence?.Length ?? 0, cpus is null ? UnknownWidth : cpus.Last + 1),
            parsed.Architecture,
            uuid,
            bios is null ? parsed.Settings : (parsed.Settings ?? new HostSettings()) with { Bios = bios },
            problems,
            new Dictionary<string, string> { [Document] = Encoding.UTF8.GetString(xml) });
    }

    private static CpuPresence? Presence(HostConnection connection)
    {
        try
        {
            return connection.CpuMap();
        }
        catch (LibvirtException error) when (error.IsUnsupported)
        {
            return null;
        }
    }

    private static (string? Uuid, string? Bios) Firmware(HostConnection connection)
    {
        try
        {
            return connection.Sysinfo(xml => SysinfoXml.Read(xml.ToArray()));
        }
        catch (LibvirtException)
        {
            return default;
        }
    }
}
