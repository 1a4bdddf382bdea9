using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Hosts;

public sealed class CaptureTests : IDisposable
{
    private readonly Recorder.Sampling.SmallTree _machine = new();
    private readonly string _scratch = Directory.CreateTempSubdirectory("gather-").FullName;

    [Fact]
    public async Task A_gathered_host_reads_as_the_machine_it_was_gathered_from()
    {
        AddNetworkCard();
        var machine = SysfsHost.Read(new DirectoryTree(_machine.Root));

        await Gather("donated");
        var donated = SysfsHost.Read(new DirectoryTree(Extract("donated")));

        Assert.Equal(["eth7"], donated.Topology.Devices![0].Names);
        Assert.Equal(machine.Topology.Fingerprint, donated.Topology.Fingerprint);
        Assert.Equal(machine.Topology.CapacityFingerprint, donated.Topology.CapacityFingerprint);
        Assert.Equal(machine.Memory.Cells.Select(cell => cell.FreeKiB), donated.Memory.Cells.Select(cell => cell.FreeKiB));
    }

    [Fact]
    public async Task What_identifies_a_machine_stays_on_it()
    {
        AddNetworkCard();
        _machine.Write("sys/class/dmi/id/product_uuid", "secret uuid\n");
        _machine.Write("sys/class/dmi/id/product_serial", "secret serial\n");
        _machine.Write("etc/machine-id", "secret id\n");
        _machine.Write("proc/cmdline", "secret=word\n");
        _machine.Write("proc/sys/kernel/hostname", "secret name\n");
        _machine.Write("proc/cpuinfo", "processor\t: 0\nSerial\t\t: secret\n");
        _machine.Write("proc/sysinfo", "Type: 8561\nSequence Code: secret\n");
        _machine.Write("proc/1/status", "Name:\tsecret\nCpus_allowed_list:\t0\n");

        await Gather("donated");

        var files = Files("donated");
        Assert.Equal("processor\t: 0\n", files["proc/cpuinfo"]);
        Assert.DoesNotContain(files, file => file.Value.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_command_line_comes_along_when_it_is_asked_for()
    {
        _machine.Write("proc/cmdline", "quiet numa=on\n");

        await Gather("donated", "--command-line");

        Assert.Equal("quiet numa=on\n", Files("donated")["proc/cmdline"]);
    }

    [Fact]
    public async Task Every_gathered_file_is_printed()
    {
        var printed = await Gather("donated");

        Assert.Subset(printed.Split('\n').ToHashSet(), Files("donated").Keys.ToHashSet());
    }

    public void Dispose()
    {
        _machine.Dispose();
        Directory.Delete(_scratch, recursive: true);
    }

    private async Task<string> Gather(string name, params string[] options)
    {
        string[] arguments = [Repository.At("recorder", "capture.sh"), .. options, "--root", _machine.Root, name];
        var start = new ProcessStartInfo("sh", arguments)
        {
            WorkingDirectory = _scratch,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var script = Process.Start(start)!;
        var said = await Task.WhenAll(script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync();
        Assert.True(script.ExitCode == 0, said[1]);
        return said[0];
    }

    private void AddNetworkCard()
    {
        const string card = "sys/devices/pci0000:00/0000:00:03.0";
        _machine.Write($"{card}/class", "0x020000\n");
        _machine.Write($"{card}/numa_node", "3\n");
        _machine.Write($"{card}/net/eth7/address", "secret address\n");
        Link($"{card}/driver", "../../../bus/pci/drivers/ixgbe");
        Link($"{card}/net/eth7/device", "../../../0000:00:03.0");
        Link("sys/bus/pci/devices/0000:00:03.0", "../../../devices/pci0000:00/0000:00:03.0");
        Link("sys/class/net/eth7", "../../devices/pci0000:00/0000:00:03.0/net/eth7");
    }

    private void Link(string path, string target)
    {
        var link = Path.Combine(_machine.Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, target);
    }

    private string Extract(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_scratch, name)).FullName;
        using var packed = new GZipStream(File.OpenRead($"{folder}.tar.gz"), CompressionMode.Decompress);
        TarFile.ExtractToDirectory(packed, folder, overwriteFiles: false);
        return folder;
    }

    private Dictionary<string, string> Files(string name)
    {
        using var packed = new GZipStream(File.OpenRead(Path.Combine(_scratch, $"{name}.tar.gz")), CompressionMode.Decompress);
        using var archive = new TarReader(packed);
        var files = new Dictionary<string, string>();
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                files[entry.Name] = entry.DataStream is null ? "" : new StreamReader(entry.DataStream).ReadToEnd();
            }
        }

        return files;
    }
}
