using System.Diagnostics;
using NumaHistory.Tests.Hosts;

namespace NumaHistory.Tests.Support;

/// <summary>A small git repository that is gone after the test.</summary>
internal sealed class GitRepository : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GitRepository() => Git([], "init", "--quiet", "--initial-branch=main");

    public string Path => _folder.Path;

    public string At(string relative) => _folder.At(relative);

    /// <summary>Commits what is given by path (text null = taken out) as an author at a date.</summary>
    public void Commit(string author, string at, string subject, params (string Path, string? Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            if (text is null)
            {
                File.Delete(At(path));
            }
            else
            {
                _folder.Write(path, text);
            }
        }

        Git([], "add", "--all");
        Git(
            [("GIT_AUTHOR_DATE", at), ("GIT_COMMITTER_DATE", "2026-11-20T00:00:00Z"), ("GIT_COMMITTER_NAME", "ci"), ("GIT_COMMITTER_EMAIL", "ci@example.net")],
            "commit", "--quiet", "--author", author, "--message", subject);
    }

    public void Dispose() => _folder.Dispose();

    public void Git((string Name, string Value)[] variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", Path, "-c", "commit.gpgsign=false", .. arguments]) { RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var git = Process.Start(start)!;
        var error = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, error);
    }
}
