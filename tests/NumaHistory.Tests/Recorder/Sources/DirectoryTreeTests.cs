using System.Diagnostics;
using System.Text;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Files;
using NumaHistory.Tests.Hosts;

namespace NumaHistory.Tests.Recorder.Sources;

public sealed class DirectoryTreeTests
{
    [Fact]
    public void Links_are_followed_inside_the_root_only()
    {
        using var outside = new TemporaryFolder();
        outside.Write("secret", "outside\n");
        using var folder = new TemporaryFolder();
        folder.Write("sys/real/value", "inside\n");
        folder.Link("sys/bus", "real");
        folder.Link("sys/absolute", "/sys/real/value");
        folder.Link("sys/escape", outside.At("secret"));
        folder.Link("sys/up", "../../../../../../../../sys/real/value");
        folder.Link("sys/away", outside.Path);
        folder.Link("sys/loop", "loop");
        var tree = new DirectoryTree(folder.Path);

        Assert.Equal("inside\n", Text(tree, "sys/bus/value"));
        Assert.Equal("inside\n", Text(tree, "sys/absolute"));
        Assert.Equal("inside\n", Text(tree, "sys/up"));
        Assert.Null(Text(tree, "sys/escape"));
        Assert.Null(Text(tree, "sys/away/secret"));
        Assert.Null(Text(tree, "sys/loop"));
        Assert.Equal("real", tree.LinkTarget("sys/bus"));
        Assert.Null(tree.LinkTarget("sys/real"));
    }

    [Fact]
    public void What_is_not_there_is_null_without_a_reason()
    {
        using var folder = new TemporaryFolder();
        folder.Write("sys/file", "x\n");
        var tree = new DirectoryTree(folder.Path);

        Assert.Null(tree.Read("sys/none", out var reason));
        Assert.Null(reason);
        Assert.Null(tree.Read("sys", out reason));
        Assert.Null(reason);
        Assert.Null(tree.List("none", out reason));
        Assert.Null(reason);
        Assert.Equal(["file"], tree.List("sys", out _));
    }

    [Fact]
    public async Task A_pipe_is_named_and_never_waited_for()
    {
        using var folder = new TemporaryFolder();
        folder.Write("sys/file", "");
        using (var mkfifo = Process.Start("mkfifo", folder.At("sys/pipe")))
        {
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var tree = new DirectoryTree(folder.Path);

        Assert.Null(tree.Read("sys/pipe", out var reason));
        Assert.Equal("it is not a regular file", reason);
        Assert.Empty(tree.Read("sys/file", out _)!);
    }

    [Fact]
    public void A_file_larger_than_any_of_the_kernel_is_not_read()
    {
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder.At("huge")))
        {
            file.SetLength(33 << 20);
        }

        Assert.Null(new DirectoryTree(folder.Path).Read("huge", out var reason));
        Assert.Equal("it is larger than 32 MiB", reason);
    }

    private static string? Text(DirectoryTree tree, string path) =>
        tree.Read(path, out _) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
