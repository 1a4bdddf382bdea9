using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Formats.Backfill;
using NumaHistory.Schema.Formats.Backfill.GitLogs;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sources.Backfill;

/// <summary>The past of a folder of domain XML that is kept in git: every definition as its author changed it.</summary>
/// <param name="host">The name of the host whose guests are defined there.</param>
internal sealed class GitFolder(string host)
{
    private readonly Dictionary<string, DomainReading> _readings = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];
    private readonly List<GuestDocument> _notes = [];

    /// <summary>The whole history below the folder; what cannot be used is an item too, never an exception.</summary>
    public async Task<BacklogItem> ReadAsync(string folder, CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
        {
            return new BacklogItem(folder, null, [], $"{folder}: there is no such folder");
        }

        try
        {
            var git = new GitProcess(folder);
            var isCut = (await git.AskAsync(["rev-parse", "--is-shallow-repository"], cancel)).Trim() == "true";
            var commits = await CommitsAsync(git, folder, cancel);
            var ids = commits.SelectMany(commit => commit.Changes).SelectMany(change => new[] { change.Before, change.After }).OfType<string>();
            var contents = await git.ContentsAsync([.. ids.Distinct(StringComparer.Ordinal)], cancel);
            var decisions = new Decisions();
            foreach (var commit in commits)
            {
                Read(commit, isCut, contents, decisions);
            }

            return decisions.All.Count == 0 && _problems.Count == 0
                ? new BacklogItem(folder, null, [], $"{folder}: no domain XML was ever committed there", "name the folder of the repository that holds it")
                : new BacklogItem(folder, new Backlog(host) { Decisions = decisions.All }, _problems) { Notes = _notes };
        }
        catch (SourceUnusableException unusable)
        {
            return new BacklogItem(folder, null, [], unusable.Message, unusable.Hint);
        }
    }

    // Merges bring nothing that their parents did not decide; a renaming is a file less and a file more.
    private static async Task<IReadOnlyList<GitCommit>> CommitsAsync(GitProcess git, string folder, CancellationToken cancel)
    {
        string[] question =
        [
            "-c", "log.showSignature=false", "log", "--reverse", "--topo-order", "--no-merges", "--no-renames", "--raw", "--no-abbrev", "-z",
            "--relative", "--encoding=UTF-8", $"--format={GitLog.Format}", "--", ".",
        ];
        try
        {
            return [.. GitLog.Parse(await git.AskAsync(question, cancel)).Select(commit => commit with { Changes = [.. commit.Changes.Where(IsXml)] })];
        }
        catch (FormatException strange)
        {
            throw new SourceUnusableException($"{folder}: git log prints what is not understood: {strange.Message}", "git 2.20 or newer is needed", strange);
        }
    }

    private void Read(GitCommit commit, bool isCut, IReadOnlyDictionary<string, byte[]> contents, Decisions decisions)
    {
        if (isCut && !commit.HasParent)
        {
            _problems.Add(new Problem(
                $"{commit.Id[..8]}", null, "the history is cut off here, so nobody knows who decided what is in it; git fetch --unshallow brings the rest"));
            return;
        }

        var after = commit.Changes.Where(change => change.After is not null).SelectMany(change => Guests(commit, change, change.After!, contents, isNew: true)).ToList();
        var before = commit.Changes.Where(change => change.Before is not null).SelectMany(change => Guests(commit, change, change.Before!, contents, isNew: false));
        foreach (var guest in after)
        {
            decisions.Add(commit, guest.Pins, isGone: false);
        }

        foreach (var guest in before.Where(old => !after.Exists(now => Decisions.Same(now.Pins, old.Pins))))
        {
            decisions.Add(commit, guest.Pins, isGone: true);
        }
    }

    private IReadOnlyList<DomainGuest> Guests(
        GitCommit commit, GitChange change, string id, IReadOnlyDictionary<string, byte[]> contents, bool isNew)
    {
        var place = $"{commit.Id[..8]}:{change.Path}";
        if (!contents.TryGetValue(id, out var bytes))
        {
            return [];
        }

        if (!_readings.TryGetValue(id, out var reading))
        {
            // Networks and pools lie beside domains in libvirt's own folder.
            var isOther = XmlRoot.Name(bytes) is { } root && !DomainDocuments.Looks(root);
            _readings[id] = reading = isOther ? new DomainReading([], null) : DomainDocuments.Parse(bytes, HostName.BaseName(change.Path));
        }

        if (isNew && reading.Refused is { } why)
        {
            _problems.Add(why with { Path = place, What = $"{why.What}; what it said before still counts" });
        }

        if (isNew)
        {
            _notes.AddRange(reading.Guests.Where(guest => guest.Problems.Count > 0)
                .Select(guest => new GuestDocument(place, guest.Pins, [.. guest.Problems.Select(problem => problem.With(place))])));
        }

        return reading.Guests;
    }

    private static bool IsXml(GitChange change) => change.Path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);
}
