using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Formats.TopologyXml;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Sources;

/// <summary>Hosts and guests out of XML: capabilities and topologies, domains.</summary>
/// <param name="host">The name of the one host, or null for base names.</param>
/// <param name="at">When the documents were written.</param>
internal sealed class XmlDocuments(string? host, DateTimeOffset at)
{
    /// <summary>The word for facts that came from a file and not from a host's own account.</summary>
    public const string SourceName = "import";

    // As what the libvirt source keeps.
    private const string RawName = "capabilities.xml";

    /// <summary>The guests of documents as a look at their host that says nothing of the host itself.</summary>
    public static Observation Guests(string host, DateTimeOffset at, IEnumerable<GuestDocument> guests) => new(
        null, host, null, null, Milliseconds(at), SourceName, null, null, null, null, null, null, [])
    {
        Guests = [.. guests.Select(guest => guest.Pins)],
    };

    public ImportItem Domains(string file, ReadOnlyMemory<byte> bytes)
    {
        var reading = DomainDocuments.Parse(bytes, file == "-" ? null : HostName.BaseName(file));
        return reading.Refused is { } why
            ? new ImportItem(file, null, why.With(file).ToString(), "virsh dumpxml GUEST prints such a document") { Guests = [] }
            : new ImportItem(file, null)
            {
                Guests = [.. reading.Guests.Select(guest =>
                    new GuestDocument(file, guest.Pins, [.. guest.Problems.Select(problem => problem.With(file))]))],
            };
    }

    public ImportItem Topology(string file, ReadOnlyMemory<byte> bytes)
    {
        var reading = TopologyDocuments.Parse(bytes);
        if (reading.Refused is { } why)
        {
            return new ImportItem(file, null, why.With(file).ToString(), "virsh capabilities prints such a document");
        }

        if (file == "-" && host is null)
        {
            throw new Refusal(
                ExitCode.Usage, "-: standard input is one document and has no name", "name its host with --host");
        }

        var name = host ?? HostName.BaseName(file);
        return HostName.IsValid(name)
            ? new ImportItem(file, Observation(file, name, reading) with { Raw = Raw(bytes) })
            : new ImportItem(file, null, $"{file}: '{name}' cannot name a host: {HostName.Rule}", "give it a name with --host");
    }

    // The <uuid> of capabilities is no identity: where the firmware has none, libvirt makes one up at every start.
    private Observation Observation(string file, string name, TopologyReading reading) => new(
        file,
        name,
        MachineId: null,
        ProductUuid: null,
        Milliseconds(at),
        SourceName,
        BootId: null,
        reading.Architecture,
        reading.Hypervisor,
        reading.Settings,
        reading.Topology,
        Memory: null,
        [.. reading.Problems.Select(problem => problem.With(file))]);

    private static Dictionary<string, string> Raw(ReadOnlyMemory<byte> bytes)
    {
        using var text = new StreamReader(new MemoryStream(bytes.ToArray(), writable: false));
        return new() { [RawName] = text.ReadToEnd() };
    }

    private static DateTimeOffset Milliseconds(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
