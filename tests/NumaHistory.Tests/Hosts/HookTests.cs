using System.Diagnostics;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Hosts;

/// <summary>libvirt's hook as libvirt calls it, with the real program; no store answers, so that the recorded host counts.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class HookTests : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("hook-").FullName;

    public static TheoryData<string, string> Operations => new()
    {
        { "prepare", "start" },
        { "restore", "resume" },
        { "migrate", "migrate-in" },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_guest_that_is_broken_starts_and_the_log_says_so(string operation, string situation)
    {
        var (code, printed, said) = await RunAsync(operation, Guest("900"));

        Assert.Equal((0, ""), (code, printed));
        Assert.Contains($"guest web02 is BROKEN ({situation}), and starts all the same: ", said, StringComparison.Ordinal);
        Assert.Contains("CPU 900", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_that_is_broken_is_refused_where_that_is_enforced()
    {
        var (code, printed, said) = await RunAsync("prepare", Guest("900"), "ENFORCE=yes");

        Assert.Equal((1, ""), (code, printed));
        Assert.Contains("numa-history: guest web02 does not fit this host: vCPU 0 is pinned to CPU 900", said, StringComparison.Ordinal);
        Assert.Contains("hint: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_that_fits_starts_where_it_is_enforced()
    {
        var (code, printed, said) = await RunAsync("prepare", Guest("1"), "ENFORCE=yes");

        Assert.Equal((0, ""), (code, printed));
        Assert.Contains("guest web02 fits (start)", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TOPOLOGY=/nowhere", "not judged: neither the store nor the host's files could be read")]
    [InlineData("PROGRAM=/nowhere/numa-history", "not judged: there is no /nowhere/numa-history")]
    public async Task Whatever_is_missing_the_guest_starts(string setting, string reason)
    {
        var (code, _, said) = await RunAsync("prepare", Guest("900"), "ENFORCE=yes", setting);

        Assert.Equal(0, code);
        Assert.Contains(reason, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verdict_that_takes_longer_than_the_limit_stops_nobody()
    {
        var slow = Path.Combine(_scratch, "slow");
        await File.WriteAllTextAsync(slow, "#!/bin/sh\nexec sleep 60\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(slow, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var watch = Stopwatch.StartNew();

        var (code, _, said) = await RunAsync("prepare", Guest("900"), "ENFORCE=yes", $"PROGRAM={slow}", "LIMIT=1");

        Assert.Equal(0, code);
        Assert.Contains("no verdict within 1 s", said, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 10);
    }

    [Fact]
    public async Task Other_operations_are_none_of_its_business()
    {
        var (code, printed, said) = await RunAsync("release", "", "ENFORCE=yes");

        Assert.Equal((0, "", ""), (code, printed, said));
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    private static string Guest(string cpus) =>
        $"<domain type='kvm'><name>web02</name><memory unit='KiB'>1024</memory><vcpu>1</vcpu><cputune><vcpupin vcpu='0' cpuset='{cpus}'/></cputune></domain>";

    private async Task<(int Code, string Printed, string Said)> RunAsync(string operation, string xml, params string[] settings)
    {
        var configuration = Path.Combine(_scratch, "hook.conf");
        await File.WriteAllLinesAsync(
            configuration,
            [
                "# given", $"PROGRAM={Path.Combine(AppContext.BaseDirectory, "numa-history")}", "LIMIT=30",
                $"DB=host={_scratch} dbname=none", $"TOPOLOGY={RecordedHost.Archive("numa4-hmat")}", .. settings,
            ],
            TestContext.Current.CancellationToken);
        // What goes to the log is seen on stderr where there is no logger.
        await File.WriteAllTextAsync(Path.Combine(_scratch, "logger"), "#!/bin/sh\nexit 1\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(Path.Combine(_scratch, "logger"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        var start = new ProcessStartInfo("sh", [Repository.At("recorder", "hooks", "qemu"), "web02", operation, "begin", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NUMAHISTORY_HOOK_CONF"] = configuration;
        start.Environment["PATH"] = $"{_scratch}:{start.Environment["PATH"]}";
        using var script = Process.Start(start)!;
        try
        {
            await script.StandardInput.WriteAsync(xml);
            script.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not want to read it.
        }

        var said = await Task.WhenAll(script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync();
        return (script.ExitCode, said[0], said[1]);
    }
}
