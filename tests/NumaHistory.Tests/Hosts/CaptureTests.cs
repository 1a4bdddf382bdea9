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
    private readonly string _scratch = Directory.CreateTempSubdirectory("capture-").FullName;

    public static TheoryData<string> Shells =>
    [
        .. new[] { "sh", "dash", "bash", "busybox sh" }.Where(shell =>
            Environment.GetEnvironmentVariable("PATH")!.Split(':')
                .Any(folder => File.Exists(Path.Combine(folder, shell.Split(' ')[0])))),
    ];

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_captured_host_reads_as_the_machine_it_was_captured_from(string shell)
    {
        AddNetworkCard();
        var machine = SysfsHost.Read(new DirectoryTree(_machine.Root));

        var (code, _, error) = await RunAsync(shell, "--root", _machine.Root, "donated");
        var donated = SysfsHost.Read(new DirectoryTree(Extract("donated")));

        Assert.Equal((0, "donated.tar.gz: 14 files of " + _machine.Root + "\n"), (code, error));
        Assert.Empty(donated.Problems);
        Assert.Equal(["eth7"], donated.Topology.Devices![0].Names);
        Assert.Equal(machine.Topology.Fingerprint, donated.Topology.Fingerprint);
        Assert.Equal(machine.Topology.CapacityFingerprint, donated.Topology.CapacityFingerprint);
        Assert.Equal(
            machine.Memory.Cells.Select(cell => cell.FreeKiB), donated.Memory.Cells.Select(cell => cell.FreeKiB));
    }

    [Theory]
    [InlineData("dynamic-1-node1-cpus-offline")]
    [InlineData("numa4-hmat")]
    [InlineData("sparse-1-nodes-0-1-3")]
    public async Task What_is_captured_of_a_recorded_machine_reads_the_same(string name)
    {
        var folder = Extract(RecordedHost.Archive(name), "machine");
        var machine = SysfsHost.Read(new DirectoryTree(folder));

        await CaptureAsync("--root", folder, "copy");
        var copy = SysfsHost.Read(new DirectoryTree(Extract("copy")));

        Assert.Equal(machine.Topology.Fingerprint, copy.Topology.Fingerprint);
        Assert.Equal(machine.Topology.CapacityFingerprint, copy.Topology.CapacityFingerprint);
        Assert.Equal(machine.Settings with { CommandLine = null }, copy.Settings);
    }

    [Fact]
    public async Task What_identifies_a_machine_stays_on_it()
    {
        AddNetworkCard();
        AddIdentity();
        _machine.Write("sys/class/dmi/id/product_serial", "secret serial\n");
        _machine.Write("sys/devices/system/cpu/cpu0/topology/ppin", "secret number of the processor\n");
        _machine.Write("proc/cmdline", "secret=word\n");
        _machine.Write("proc/cpuinfo", "processor\t: 0\nSerial\t\t: secret\n");
        _machine.Write("proc/sysinfo", "Type: 8561\nSequence Code: secret\n");
        _machine.Write("proc/1/status", "Name:\tsecret\nCpus_allowed_list:\t0\n");

        await CaptureAsync("--root", _machine.Root, "donated");

        var files = Files("donated");
        Assert.Equal("processor\t: 0\n", files["proc/cpuinfo"]);
        Assert.DoesNotContain(files, file => file.Value.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Command_line_and_identity_come_along_when_they_are_asked_for()
    {
        AddIdentity();
        _machine.Write("proc/cmdline", "quiet numa=on\n");

        await CaptureAsync("--command-line", "--identity", "--root", _machine.Root, "donated");

        var files = Files("donated");
        Assert.Equal("quiet numa=on\n", files["proc/cmdline"]);
        Assert.Equal(4, files.Count(file => file.Value.Contains("secret", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_captured_file_is_printed()
    {
        var printed = await CaptureAsync("--root", _machine.Root, "donated");

        Assert.Equal(
            Files("donated").Keys.Order(StringComparer.Ordinal),
            printed.Trim().Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_folder_serves_where_nothing_can_pack()
    {
        var printed = await CaptureAsync("--folder", "--root", _machine.Root, Path.Combine(_scratch, "donated"));

        Assert.All(
            printed.Trim().Split('\n'), file => Assert.True(File.Exists(Path.Combine(_scratch, "donated", file))));
        Assert.Single(Directory.EnumerateFileSystemEntries(_scratch));
    }

    [Fact]
    public async Task A_file_that_fails_to_read_is_left_out_and_counted()
    {
        Link("sys/devices/system/cpu/isolated", "/proc/self/mem");
        Link("proc/zoneinfo", "/proc/self/mem");

        var (code, printed, error) = await RunAsync("sh", "--root", _machine.Root, "donated");

        Assert.Equal(0, code);
        Assert.EndsWith("left out, because they could not be read: 2\n", error);
        Assert.DoesNotContain("isolated", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "one NAME is needed")]
    [InlineData(2, "'a b' is no name", "a b")]
    [InlineData(2, "--what is no option", "--what", "x")]
    [InlineData(2, "--root needs a folder", "--root")]
    [InlineData(3, "/no/such/ cannot be written", "/no/such/x")]
    [InlineData(5, "/nowhere/sys/devices/system/cpu is not there", "--root", "/nowhere", "x")]
    public async Task What_cannot_be_done_is_refused_with_its_reason(int code, string reason, params string[] arguments)
    {
        var (seen, printed, error) = await RunAsync("sh", arguments);

        Assert.Equal((code, ""), (seen, printed));
        Assert.StartsWith($"capture.sh: {reason}", error);
        Assert.Contains("\nhint: ", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_capture_that_is_cut_off_leaves_nothing_behind(string shell)
    {
        var tools = Directory.CreateDirectory(Path.Combine(_machine.Root, "tools")).FullName;
        var packer = Path.Combine(tools, "gzip");
        await File.WriteAllTextAsync(packer, "#!/bin/sh\nkill -TERM $PPID\ncat\n");
        using var executable = Process.Start("chmod", ["+x", packer]);
        await executable.WaitForExitAsync();

        var (code, printed, _) = await RunAsync(shell, ["--root", _machine.Root, "donated"], tools);

        Assert.Equal((143, ""), (code, printed));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch));
    }

    public void Dispose()
    {
        _machine.Dispose();
        Directory.Delete(_scratch, recursive: true);
    }

    private async Task<string> CaptureAsync(params string[] arguments)
    {
        var (code, printed, error) = await RunAsync("sh", arguments);
        Assert.True(code == 0, error);
        return printed;
    }

    private Task<(int Code, string Printed, string Error)> RunAsync(string shell, params string[] arguments) =>
        RunAsync(shell, arguments, tools: null);

    private async Task<(int Code, string Printed, string Error)> RunAsync(string shell, string[] arguments, string? tools)
    {
        string[] words = [.. shell.Split(' '), Repository.At("recorder", "capture.sh"), .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = _scratch,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = tools is null ? start.Environment["PATH"] : $"{tools}:{start.Environment["PATH"]}";
        using var script = Process.Start(start)!;
        var said = await Task.WhenAll(script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync();
        return (script.ExitCode, said[0], said[1]);
    }

    private void AddIdentity()
    {
        _machine.Write("sys/class/dmi/id/product_uuid", "secret uuid\n");
        _machine.Write("etc/machine-id", "secret id\n");
        _machine.Write("proc/sys/kernel/hostname", "secret name\n");
        _machine.Write("proc/sys/kernel/random/boot_id", "secret boot\n");
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

    private string Extract(string name) => Extract(Path.Combine(_scratch, $"{name}.tar.gz"), name);

    private string Extract(string archive, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_scratch, $"{name}.tree")).FullName;
        using var packed = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
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
