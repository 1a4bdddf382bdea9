using System.Text.Json;
using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Hosts;

namespace NumaHistory.Tests.Recorder.Commands;

public sealed class BackfillDryRunTests
{
    private const string Log = "2026-05-04 08:20:25.095+0000: starting up libvirt version: 9.0.0, hostname: kvm7.example.net\n/usr/bin/kvm -name guest=web -smp 1\n";

    [Fact]
    public async Task A_folder_of_logs_is_printed_as_the_events_it_would_be_and_a_bad_file_does_not_stop_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("web.log", Log + "2026-05-04 09:20:25.095+0000: shutting down, reason=shutdown\n");
        folder.Write("db.log", "2011-05-04 08:20:25.095: starting up\n");
        folder.Write("readme.txt", Log);

        var (code, text, error) = await RunAsync("backfill", "--dry-run", "qemu-log", folder.Path, "/no/such.log");

        Assert.Equal(ExitCode.SourceUnusable, code);
        using var json = JsonDocument.Parse(text);
        Assert.Equal("History", json.RootElement.GetProperty("kind").GetString());
        var items = json.RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["guest.seen", "guest.started", "pinning.observed", "guest.stopped"], items.Select(item => item.GetProperty("type").GetString()));
        Assert.All(items, item => Assert.Equal(("kvm7", "backfill"), (item.GetProperty("host").GetString(), item.GetProperty("data").GetProperty("source").GetString())));
        Assert.Equal(
            $"numa-recorder: {folder.At("db.log")}:1: the time has no offset, as in logs of old versions; add +0000 (or what holds there) after the seconds\n"
            + "numa-recorder: /no/such.log: there is no such file or folder\n",
            error);
    }

    [Fact]
    public async Task A_log_in_which_nothing_was_found_says_how_much_was_read()
    {
        using var folder = new TemporaryFolder();
        var garbage = folder.Write("web.log", "no log\nat all\n");
        var empty = folder.Write("db.log", "");

        var (code, text, error) = await RunAsync("backfill", "qemu-log", garbage);

        Assert.Equal((ExitCode.SourceUnusable, ""), (code, text));
        Assert.StartsWith(
            $"{garbage}: 2 lines were read, and no run of a guest was found\nnuma-recorder: {garbage}: tells of no run of a guest\n", error, StringComparison.Ordinal);
        folder.Write("shop.log", Log);
        var beside = await RunAsync("backfill", "qemu-log", folder.Path, "--dry-run", "-o", "jsonl");
        Assert.Equal(ExitCode.Yes, beside.Code);
        Assert.Contains($"{empty}: 0 lines were read, and no run of a guest was found\n", beside.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_names_no_host_needs_one()
    {
        using var folder = new TemporaryFolder();
        var log = folder.Write("web.log", Log.Replace(", hostname: kvm7.example.net", "", StringComparison.Ordinal));

        var nameless = await RunAsync("backfill", "qemu-log", log, "--dry-run", "-o", "jsonl");
        var named = await RunAsync("backfill", "qemu-log", log, "--host", "h9", "--dry-run", "-o", "table");

        Assert.Equal(
            (ExitCode.SourceUnusable, "", $"numa-recorder: {log}:1: does not say on which host the guest was started; 1 starts are left out\nhint: name it with --host\n"), nameless);
        Assert.Equal(
            """
            OBSERVED                  TYPE              HOST  GUEST  WHO  WHY
            2026-05-04T08:20:25.095Z  guest.seen        h9    web    -    -
            2026-05-04T08:20:25.095Z  guest.started     h9    web    -    -
            2026-05-04T08:20:25.095Z  pinning.observed  h9    web    -    -

            """,
            named.Out);
    }

    [Theory]
    [InlineData(2, "backfill needs one of: qemu-log, git, journal, prometheus, pcp", "backfill")]
    [InlineData(2, "domain XML does not say on which host its guests are", "backfill", "git", "/tmp")]
    [InlineData(2, "what pmrep prints does not say on which host it was sampled", "backfill", "pcp", "x")]
    [InlineData(2, "--host: 'a b' cannot name a host", "backfill", "journal", "x", "--host", "a b")]
    [InlineData(2, "'x' is not a command of numa-recorder backfill", "backfill", "x")]
    [InlineData(5, "/no/such: there is no such folder", "backfill", "git", "/no/such", "--host", "h")]
    [InlineData(5, "-: holds no boot of a kernel", "backfill", "journal", "-")]
    [InlineData(5, "-: holds no memory of cells", "backfill", "prometheus", "-")]
    public async Task What_is_not_done_is_refused_with_its_reason(int code, string reason, params string[] args)
    {
        var (seen, text, error) = await RunAsync(args);

        Assert.Equal(((ExitCode)code, ""), (seen, text));
        Assert.StartsWith($"numa-recorder: {reason}", error.Replace("numa-recorder backfill needs", "backfill needs", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static async Task<(ExitCode Code, string Out, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var context = new RecorderContext(
            output, error, new MemoryStream(), TimeProvider.System, name => name == "XDG_STATE_HOME" ? "/nowhere" : null, false);
        var code = await RecorderProgram.RunAsync(args, context, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
