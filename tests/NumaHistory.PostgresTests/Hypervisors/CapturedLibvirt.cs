using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NumaHistory.Recorder.Sources;
using NumaHistory.Recorder.Sources.Libvirt;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Formats.TopologyXml;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Hypervisors;

/// <summary>
/// A source that answers as a libvirt answered once: at every instant that somebody would have looked, what virsh and the kernel said then.
/// A live change comes with its event; what emits none is seen at the next look.
/// </summary>
internal sealed partial class CapturedLibvirt(string name) : ISource, IDisposable
{
    private readonly string _processes = Directory.CreateTempSubdirectory("numa-captured-").FullName;
    private EffectivePinning? _before;

    /// <inheritdoc/>
    public string Name => "libvirt";

    /// <summary>When the next look happens.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>What runs, null = it does not; and what is defined, null = it is not any more.</summary>
    public (GuestPins? Live, GuestPins? Config) Guest { get; set; }

    /// <inheritdoc/>
    public Task<Observation> ReadAsync(CancellationToken cancel)
    {
        var topology = File.Exists(FileOf("capabilities")) ? CapabilitiesReading() : Some.TwoCells().Topology();
        var live = Guest.Live is { } running ? running with { State = "running" } : null;
        var config = Guest.Config is { } defined ? defined with { State = live is null ? "shut off" : "running" } : null;
        return Task.FromResult(Some.Look(topology, At, Name, name) with
        {
            Guests = [.. new[] { config, live }.OfType<GuestPins>()],
            IsEveryGuest = true,
        });
    }

    /// <summary>The definition in a dump, as it runs.</summary>
    public GuestPins Dumped(string text) => DomainDocuments.Parse(Encoding.UTF8.GetBytes(Output(text))).Guests.Single().Pins;

    /// <summary>The pins of vCPUs that virsh lists, those that only inherit the guest's set aside.</summary>
    public IReadOnlyList<VcpuPin> Listed(string text, CpuSet? inherited) =>
    [
        .. ListedPin().Matches(Output(text))
            .Select(row => new VcpuPin(int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture), CpuSet.Parse(row.Groups[2].Value)))
            .Where(pin => !Equals(pin.Cpus, inherited)),
    ];

    /// <summary>What the kernel does, read by the recorder's own reader from the guest's threads as they were.</summary>
    public EffectivePinning Threads(string text, string guest)
    {
        var threads = File.ReadAllText(FileOf(text));
        var rows = ThreadRow().Matches(threads);
        var pid = rows[0].Groups["id"].Value;
        Write($"run/libvirt/qemu/{guest}.pid", pid);
        Write($"proc/{pid}/status", $"Cpus_allowed_list:\t{rows[0].Groups["cpus"].Value}\n");
        var pages = string.Concat(PageCount().Matches(threads).Select(cell => $"7f00 default anon=1 {cell.Groups[1].Value}={cell.Groups[2].Value} kernelpagesize_kB=4\n"));
        if (pages.Length > 0)
        {
            Write($"proc/{pid}/numa_maps", pages);
        }

        var said = new EffectivePinning(
            [.. rows.Where(row => row.Groups["vcpu"].Success).Select(row => new EffectivePin(int.Parse(row.Groups["vcpu"].Value, CultureInfo.InvariantCulture), CpuSet.Parse(row.Groups["cpus"].Value)))],
            [.. rows.Where(row => row.Groups["io"].Success).Select(row => new IothreadPin(int.Parse(row.Groups["io"].Value, CultureInfo.InvariantCulture), CpuSet.Parse(row.Groups["cpus"].Value)))]);
        return _before = new GuestProcesses(_processes, exactly: true).Read(guest, said, _before);
    }

    /// <summary>The instants at which libvirt said that a pin changed, with the words of the event.</summary>
    public IReadOnlyList<(DateTimeOffset At, string Thread, string Cpus)> Tunables() =>
    [
        .. Tunable().Matches(File.ReadAllText(FileOf("event-all-loop"))).Select(change => (
            DateTimeOffset.Parse(change.Groups[1].Value, CultureInfo.InvariantCulture), change.Groups[2].Value, change.Groups[3].Value)),
    ];

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_processes, recursive: true);

    private HostTopology? CapabilitiesReading() => TopologyDocuments.Parse(Encoding.UTF8.GetBytes(Output("capabilities"))).Topology;

    private string FileOf(string text) => Repository.At("tests", "Hypervisors", name, $"{text}.txt");

    // Without the command line above and the result below.
    private string Output(string text) => Result().Replace(CommandLine().Replace(File.ReadAllText(FileOf(text)), ""), "");

    private void Write(string path, string text)
    {
        var file = Path.Combine(_processes, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    [GeneratedRegex(@"\A\$ [^\n]*\n")]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"\s*\[rc=\d+\]\s*\z")]
    private static partial Regex Result();

    [GeneratedRegex(@"^ (\d+)\s+([\d,-]+)\s*$", RegexOptions.Multiline)]
    private static partial Regex ListedPin();

    [GeneratedRegex(@"^(?:/proc/\d+/task/)?(?<id>\d+) (?:CPU (?<vcpu>\d+)/TCG|IO iothread(?<io>\d+)|[^=\n]*?) (?:cpus=|Cpus_allowed_list: )(?<cpus>[\d,-]+)", RegexOptions.Multiline)]
    private static partial Regex ThreadRow();

    [GeneratedRegex(@"pages (N\d+) (\d+)")]
    private static partial Regex PageCount();

    [GeneratedRegex(@"^(\S+ \S+): event 'tunable' for domain '[^']*':\n\tcputune\.(\w+): (\S+)", RegexOptions.Multiline)]
    private static partial Regex Tunable();
}
