using NumaHistory.Schema.Formats.Backfill.GitLogs;

namespace NumaHistory.Tests.Formats.Backfill;

public sealed class GitLogTests
{
    private static readonly string None = new('0', 40);
    private static readonly string One = new('1', 40);
    private static readonly string Two = new('2', 40);

    [Fact]
    public void A_commit_has_an_author_a_subject_and_the_files_it_changed()
    {
        var text = $"\u0001{One}\0\02026-11-28T16:26:36+01:00\0Ada L\0ada@x\0first: a :100644 subject\0\n:000000 100644 {None} {One} A\0a b.xml\0:120000 000000 {Two} {None} D\0link.xml\0"
            + $"\u0001{Two}\0{One}\02026-11-28T17:00:00Z\0Bob\0bob@x\0\0\n:100644 100755 {One} {Two} M\0a b.xml\0";

        var commits = GitLog.Parse(text);

        Assert.Equal(("Ada L <ada@x>", "first: a :100644 subject", false), (commits[0].Author, commits[0].Subject, commits[0].HasParent));
        Assert.Equal("2026-11-28T15:26:36.0000000+00:00", $"{commits[0].AuthoredAt:O}");
        Assert.Equal([new GitChange("a b.xml", null, One), new GitChange("link.xml", null, null)], commits[0].Changes);
        Assert.Equal([new GitChange("a b.xml", One, Two)], commits[1].Changes);
        Assert.True(commits[1].HasParent);
    }

    [Fact]
    public void What_git_does_not_print_is_no_history() =>
        Assert.Throws<FormatException>(() => GitLog.Parse("commit 12345\nAuthor: Ada"));

    [Fact]
    public void A_folder_that_never_changed_has_no_commits() => Assert.Empty(GitLog.Parse(""));
}
