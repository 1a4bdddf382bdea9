using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Recorder.Sources.Libvirt;

namespace NumaHistory.Tests.Recorder.Commands;

public sealed class SampleCommandTests
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_host_that_cannot_be_reached_is_an_item_and_the_others_are_looked_at()
    {
        LibvirtHere.Require();

        var (code, text, error) = await RunAsync(
            "sample", "--connect", "test:///no/such.xml", "--connect", "test:///default", "--dry-run");

        Assert.Equal(ExitCode.SourceUnusable, code);
        using var json = JsonDocument.Parse(text);
        var items = json.RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal("test:///no/such.xml: there is no such file", items[0].GetProperty("error").GetString());
        Assert.Equal(("default", "libvirt"), (Member(items[1], "host"), Member(items[1], "source")));
        Assert.Equal("2026-11-01T09:00:00Z", Member(items[1], "observedAt"));
        Assert.Contains("test", items[1].GetProperty("guests").EnumerateArray().Select(guest => Member(guest, "guest")));
        Assert.StartsWith("numa-recorder: test:///no/such.xml: there is no such file\nhint: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_force_stands_with_what_runs()
    {
        LibvirtHere.Require();

        var (_, text, _) = await RunAsync("sample", "--connect", "test:///default", "--host", "lab", "--dry-run", "-o", "jsonl");

        using var json = JsonDocument.Parse(text);
        Assert.Equal("lab", Member(json.RootElement, "host"));
        var live = json.RootElement.GetProperty("guests").EnumerateArray()
            .Single(guest => (Member(guest, "guest"), Member(guest, "layer")) == ("test", "live"));
        Assert.Equal(
            ["0-15", "0-15"], live.GetProperty("effective").GetProperty("pins").EnumerateArray().Select(pin => Member(pin, "cpus")));
    }

    [Theory]
    [InlineData(2, "--connect test:///default: --source sysfs looks at files", "--source", "sysfs", "--connect", "test:///default")]
    [InlineData(2, "--host h: names one host, but there are 2 connections", "--host", "h", "--connect", "a", "--connect", "b")]
    [InlineData(2, "--connect: is empty", "--connect", "")]
    public async Task What_cannot_be_meant_is_refused_before_anything_is_asked(int code, string reason, params string[] args)
    {
        var (seen, text, error) = await RunAsync(["sample", .. args, "--dry-run"]);

        Assert.Equal(((ExitCode)code, ""), (seen, text));
        Assert.StartsWith($"numa-recorder: {reason}", error, StringComparison.Ordinal);
    }

    private static string? Member(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static async Task<(ExitCode Code, string Out, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var context = new RecorderContext(output, error, Stream.Null, Clock, _ => null, false);
        var code = await RecorderProgram.RunAsync(args, context, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
