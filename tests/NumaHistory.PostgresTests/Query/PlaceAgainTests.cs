using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>A guest that is recorded is placed anew: what it has itself is not in its way.</summary>
public sealed class PlaceAgainTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("numa-again-");

    private static readonly DateTimeOffset Seen = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("5d0c3f8e-0000-4000-8000-000000000041", 0)]
    [InlineData("5d0c3f8e-0000-4000-8000-000000000042", 1)]
    public async Task Its_own_CPUs_are_free_for_it_and_for_nobody_else(string uuid, int code)
    {
        var file = Path.Combine(_folder.FullName, "guest.xml");
        await File.WriteAllTextAsync(file, Domain(uuid), TestContext.Current.CancellationToken);
        await TypedAsync($"import {Repository.At("tests", "Hosts", "dynamic-0-boot", "tree.tar.gz")} --host again --at {TimeText.Utc(Seen)}");
        await TypedAsync($"import - --format domain --host again --at {TimeText.Utc(Seen.AddMinutes(1))}", Domain("5d0c3f8e-0000-4000-8000-000000000041"));

        var fleet = await store.AskAsync($"place --domain {file}", Seen.AddMinutes(2));
        var there = await store.AskAsync($"place --domain {file} --host again", Seen.AddMinutes(2));

        Assert.Equal((code, code), (fleet.Code, there.Code));
    }

    [Fact]
    public async Task Its_own_document_comes_back_with_the_new_pins_and_all_that_it_has_beside()
    {
        const string uuid = "5d0c3f8e-0000-4000-8000-000000000041";
        var document = Domain(uuid).Replace("<cputune>", "<title>a &amp; b</title><cputune><shares>2048</shares>", StringComparison.Ordinal)
            .Replace("<cpu>", "<!-- as before --><cpu mode='custom'><model>Skylake-Server</model>", StringComparison.Ordinal);
        var file = Path.Combine(_folder.FullName, "rich.xml");
        await File.WriteAllTextAsync(file, document, TestContext.Current.CancellationToken);
        await TypedAsync($"import {Repository.At("tests", "Hosts", "dynamic-0-boot", "tree.tar.gz")} --host again --at {TimeText.Utc(Seen)}");

        var printed = await store.AskAsync($"place --domain {file} --cpu shared -o xml", Seen.AddMinutes(2));
        var commands = await store.AskAsync($"place --domain {file} --cpu shared -o virsh", Seen.AddMinutes(2));

        Assert.Equal((0, 0), (printed.Code, commands.Code));
        Assert.All(
            ["<title>a &amp; b</title>", "<shares>2048</shares>", "<!-- as before --><cpu mode='custom'><model>Skylake-Server</model><numa><cell id='0' cpus='0-1' memory='16' unit='MiB'/>"],
            kept => Assert.Contains(kept, printed.Out, StringComparison.Ordinal));
        Assert.Contains("note: the place is on again", printed.Err, StringComparison.Ordinal);
        Assert.Equal(8, printed.Out.Split("<vcpupin ").Length - 1);
        Assert.DoesNotContain("cpuset='0'", printed.Out, StringComparison.Ordinal);
        Assert.Contains("<numatune>", printed.Out, StringComparison.Ordinal);
        Assert.Equal(8, commands.Out.Split("virsh vcpupin own ").Length - 1);
        Assert.Contains("virsh emulatorpin own ", commands.Out, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Domain(string uuid) =>
        $"<domain type='kvm'><name>own</name><uuid>{uuid}</uuid><memory unit='MiB'>64</memory><vcpu>8</vcpu><cputune>"
        + string.Concat(Enumerable.Range(0, 8).Select(cpu => $"<vcpupin vcpu='{cpu}' cpuset='{cpu}'/>"))
        + "</cputune><cpu><numa><cell id='0' cpus='0-1' memory='16' unit='MiB'/><cell id='1' cpus='2-3' memory='16' unit='MiB'/><cell id='2' cpus='4-7' memory='32' unit='MiB'/></numa></cpu></domain>";

    private async Task TypedAsync(string line, string input = "")
    {
        var (code, _, error) = await store.TypeAsync(line, input);
        Assert.True(code == ExitCode.Yes, error);
    }
}
