using NumaHistory.Recorder.Sources.Backfill;
using NumaHistory.Schema.Formats.Backfill;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Recorder.Sources.Backfill;

public sealed class GitFolderTests
{
    private const string Ada = "Ada L <ada@example.net>";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_commit_decides_the_pins_of_the_definitions_it_changed()
    {
        using var git = new GitRepository();
        git.Commit(Ada, "2026-06-10T09:00:00+02:00", "web: first", ("kvm1/web.xml", Web("4")), ("kvm2/other.xml", Web("9").Replace("web", "other", StringComparison.Ordinal)));
        git.Commit("Bob <bob@example.net>", "2026-07-01T12:00:00Z", "web: away from the noise", ("kvm1/web.xml", Web("6")));
        git.Commit(Ada, "2026-08-01T12:00:00Z", "web: retired", ("kvm1/web.xml", null), ("README", "nothing"));

        var item = await new GitFolder("kvm1").ReadAsync(git.At("kvm1"), Cancel);

        Assert.Empty(item.Problems);
        Assert.Equal(
            [
                $"2026-06-10T07:00:00 web 4 {Ada}: web: first",
                "2026-07-01T12:00:00 web 6 Bob <bob@example.net>: web: away from the noise",
                $"2026-08-01T12:00:00 web gone {Ada}: web: retired",
            ],
            item.Backlog!.Decisions.Select(Text));
    }

    [Fact]
    public async Task A_renamed_file_is_the_same_guest_and_nothing_is_gone()
    {
        using var git = new GitRepository();
        git.Commit(Ada, "2026-06-10T09:00:00Z", "one", ("a.xml", Web("4")));
        git.Commit(Ada, "2026-06-11T09:00:00Z", "two", ("a.xml", null), ("b.xml", Web("4")));

        var item = await new GitFolder("h").ReadAsync(git.Path, Cancel);

        Assert.Equal([false, false], item.Backlog!.Decisions.Select(decision => decision.IsGone));
    }

    [Fact]
    public async Task Commits_of_one_second_and_rebased_ones_keep_their_order()
    {
        using var git = new GitRepository();
        foreach (var (cpu, at) in new[] { ("1", "2026-06-10T09:00:00Z"), ("2", "2026-06-10T09:00:00Z"), ("3", "2026-06-01T09:00:00Z") })
        {
            git.Commit(Ada, at, cpu, ("a.xml", Web(cpu)));
        }

        var decisions = (await new GitFolder("h").ReadAsync(git.Path, Cancel)).Backlog!.Decisions;

        Assert.Equal(["1", "2", "3"], decisions.OrderBy(decision => decision.At).Select(decision => decision.Why));
        Assert.Equal([0, 1, 2], decisions.Select(decision => decision.At.Millisecond));
    }

    [Fact]
    public async Task A_broken_definition_is_named_by_commit_and_line_and_the_rest_goes_on()
    {
        using var git = new GitRepository();
        git.Commit(Ada, "2026-06-10T09:00:00Z", "one", ("a.xml", "<domain>\n<name>web</nam></domain>"), ("net.xml", "<network><name>default</name></network>"), ("b.xml", Web("4")));

        var item = await new GitFolder("h").ReadAsync(git.Path, Cancel);

        Assert.Matches("^[0-9a-f]{8}:a.xml:2:.*; what it said before still counts$", Assert.Single(item.Problems).ToString());
        Assert.Equal("web", Assert.Single(item.Backlog!.Decisions).Pins.Guest);
    }

    [Fact]
    public async Task Where_a_clone_was_cut_off_nobody_is_said_to_have_decided()
    {
        using var git = new GitRepository();
        using var clone = new Hosts.TemporaryFolder();
        git.Commit(Ada, "2026-06-10T09:00:00Z", "one", ("a.xml", Web("4")));
        git.Commit(Ada, "2026-06-11T09:00:00Z", "two", ("b.xml", Web("5").Replace("web", "db", StringComparison.Ordinal)));
        git.Commit(Ada, "2026-06-12T09:00:00Z", "three", ("b.xml", Web("6").Replace("web", "db", StringComparison.Ordinal)));
        git.Git([], "clone", "--quiet", "--depth", "2", $"file://{git.Path}", clone.At("c"));

        var item = await new GitFolder("h").ReadAsync(clone.At("c"), Cancel);

        Assert.Contains("the history is cut off here", Assert.Single(item.Problems).What, StringComparison.Ordinal);
        Assert.Equal("three", Assert.Single(item.Backlog!.Decisions).Why);
    }

    [Fact]
    public async Task A_folder_that_is_in_no_repository_gives_git_s_own_reason()
    {
        using var folder = new Hosts.TemporaryFolder();

        var item = await new GitFolder("h").ReadAsync(folder.Path, Cancel);

        Assert.Null(item.Backlog);
        Assert.StartsWith($"{folder.Path}: fatal: not a git repository", item.Error, StringComparison.Ordinal);
    }

    private static string Web(string cpu) =>
        $"<domain><name>web</name><memory unit='MiB'>200</memory><vcpu>1</vcpu><cputune><vcpupin vcpu='0' cpuset='{cpu}'/></cputune></domain>";

    private static string Text(CommittedPins pins) =>
        $"{pins.At:yyyy-MM-ddTHH:mm:ss} {pins.Pins.Guest} {(pins.IsGone ? "gone" : pins.Pins.Pins[0].Cpus)} {pins.By}: {pins.Why}";
}
