using System.Runtime.Versioning;
using System.Text;
using NumaHistory.Recorder.Sources.Libvirt;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Recorder.Sources.Libvirt;

/// <summary>
/// A guest of the qemu driver is pinned and pinned again, and every answer is held against virsh's. Explicit, because
/// it needs a daemon: NUMAHISTORY_TEST_LIBVIRT=qemu:///system, as one who may write there; TCG is enough. With
/// NUMAHISTORY_TEST_KERNEL the guest boots that kernel, else it stays in its firmware.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class QemuDriverTests : IDisposable
{
    private const string Name = "numahistory-test";

    private static readonly string? Uri = Environment.GetEnvironmentVariable("NUMAHISTORY_TEST_LIBVIRT");

    private readonly Virsh _virsh = new(Uri ?? "", Name);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("numahistory-libvirt-");

    [Fact(Explicit = true)]
    public async Task Every_answer_is_the_one_of_virsh_whatever_is_pinned()
    {
        Assert.NotNull(Uri);
        _virsh.Run("define", Definition());
        _virsh.Run("start", Name);
        await using var session = new LibvirtSession(Uri, TimeProvider.System);
        var source = new LibvirtSource(session, null, TimeProvider.System);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var watch = new LibvirtWatch(session, TimeProvider.System);
        await using var events = watch.EventsAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await events.MoveNextAsync());

        await CompareAsync(source);
        Assert.Equal("cputune.vcpupin0=0", await AfterAsync(events, "vcpupin", Name, "0", "0", "--live"));
        await CompareAsync(source);
        Assert.Equal("cputune.emulatorpin=1", await AfterAsync(events, "emulatorpin", Name, "1", "--live"));
        await CompareAsync(source);
        Assert.Equal("cputune.iothreadpin1=0-1", await AfterAsync(events, "iothreadpin", Name, "1", "0-1", "--live"));
        await CompareAsync(source);

        // These two send no event: the next look finds them.
        _virsh.Run("vcpupin", Name, "1", "1", "--config");
        await CompareAsync(source);
        _virsh.Run("numatune", Name, "--nodeset", "0", "--live");
        await CompareAsync(source);
        await SaveAsync(source);
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        if (Uri is null || !_virsh.Run("list", "--all", "--name").Split('\n').Contains(Name))
        {
            return;
        }

        if (_virsh.State().StartsWith("running", StringComparison.Ordinal))
        {
            _virsh.Run("destroy", Name);
        }

        _virsh.Run("undefine", Name, "--managed-save");
    }

    private async Task CompareAsync(LibvirtSource source)
    {
        var seen = await source.ReadAsync(default);
        var (config, live) = (Layer(seen.Guests!, PinLayer.Config), Layer(seen.Guests!, PinLayer.Live));
        var all = seen.Topology!.Cells!.Aggregate(CpuSet.Empty, (cpus, cell) => cpus.Union(cell.Cpus!));

        Assert.Equal(_virsh.VcpuPins("--config"), Pins(config, all));
        Assert.Equal(_virsh.VcpuPins("--live"), Pins(live, all));
        Assert.Equal(_virsh.EmulatorPin("--config"), [$"*: {config.Emulator ?? config.Cpus ?? all}"]);
        Assert.Equal(_virsh.EmulatorPin("--live"), [$"*: {live.Emulator ?? live.Cpus ?? all}"]);
        Assert.Equal(_virsh.Iothreads("--config"), config.Iothreads.Select(thread => $"{thread.Id}: {thread.Cpus ?? config.Cpus ?? all}"));
        Assert.Equal(_virsh.Iothreads("--live"), live.Effective!.Iothreads.Select(thread => $"{thread.Id}: {thread.Cpus}"));
        Assert.Equal(_virsh.Memory("--config"), $"{Word(config.Memory!.Mode)} {config.Memory.Cells}");
        Assert.Equal(_virsh.Memory("--live"), $"{Word(live.Memory!.Mode)} {live.Memory.Cells}");
        Assert.Equal(_virsh.Affinity(), live.Effective.Pins.Select(pin => $"{pin.Vcpu}: {Drawn(pin.Cpus!, all)}"));
        Assert.Equal(_virsh.State(), $"{live.State} ({live.StateReason})");
        Assert.Empty(seen.Problems);
    }

    private async Task SaveAsync(LibvirtSource source)
    {
        _virsh.Run("managedsave", Name);

        var seen = await source.ReadAsync(default);

        var xml = Encoding.UTF8.GetBytes(_virsh.Run("managedsave-dumpxml", Name));
        var saved = Assert.Single(DomainDocuments.Parse(xml).Guests).Pins;
        var all = CpuSet.Parse("0-1");
        Assert.Equal(Pins(saved, all), Pins(Layer(seen.Guests!, PinLayer.SavedImage), all));
        Assert.Equal((_virsh.State(), "shut off"), ("shut off (saved)", Layer(seen.Guests!, PinLayer.Config).State));
        Assert.DoesNotContain(seen.Guests!, guest => guest is { Guest: Name, Layer: PinLayer.Live });
    }

    // The event has to be there within a second of the command.
    private async Task<string> AfterAsync(IAsyncEnumerator<LibvirtEvent> events, params string[] command)
    {
        _virsh.Run(command);
        while (await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(1)))
        {
            if (events.Current is { Kind: LibvirtEventKind.Tunable, Guest: Name } told)
            {
                return string.Join(' ', told.Parameters.Select(setting => $"{setting.Key}={setting.Value}"));
            }
        }

        return "";
    }

    private string Definition()
    {
        var kernel = Environment.GetEnvironmentVariable("NUMAHISTORY_TEST_KERNEL");
        if (kernel is not null)
        {
            // libvirt gives the file to qemu's user, who has to reach it.
            new FileInfo(_folder.FullName).UnixFileMode = (UnixFileMode)0b111_101_101;
            File.Copy(kernel, Path.Combine(_folder.FullName, "vmlinuz"));
        }

        var file = Path.Combine(_folder.FullName, "guest.xml");
        File.WriteAllText(file, $"""
            <domain type='qemu'>
              <name>{Name}</name>
              <memory unit='MiB'>192</memory>
              <vcpu placement='static' cpuset='0-1' current='2'>3</vcpu>
              <iothreads>1</iothreads>
              <cputune><vcpupin vcpu='0' cpuset='1'/><emulatorpin cpuset='0'/><iothreadpin iothread='1' cpuset='1'/></cputune>
              <numatune><memory mode='restrictive' nodeset='0'/></numatune>
              <os>
                <type arch='x86_64' machine='q35'>hvm</type>
                {(kernel is null ? "" : $"<kernel>{_folder.FullName}/vmlinuz</kernel><cmdline>console=ttyS0 panic=0</cmdline>")}
              </os>
            </domain>
            """);
        return file;
    }

    private static GuestPins Layer(IReadOnlyList<GuestPins> guests, PinLayer layer) =>
        guests.Single(guest => guest.Guest == Name && guest.Layer == layer);

    private static IEnumerable<string> Pins(GuestPins guest, CpuSet all) => Enumerable.Range(0, guest.Vcpus!.Maximum)
        .Select(vcpu => $"{vcpu}: {guest.Pins.FirstOrDefault(pin => pin.Vcpu == vcpu)?.Cpus ?? guest.Cpus ?? all}");

    private static string Drawn(CpuSet cpus, CpuSet all) =>
        string.Concat(Enumerable.Range(0, all.Last + 1).Select(cpu => cpus.Contains(cpu) ? 'y' : '-'));

    private static string Word(MemoryMode mode) => mode.ToString().ToLowerInvariant();
}
