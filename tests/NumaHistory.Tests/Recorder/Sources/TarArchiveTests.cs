using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Files;
using NumaHistory.Tests.Hosts;

namespace NumaHistory.Tests.Recorder.Sources;

public sealed class TarArchiveTests
{
    [Fact]
    public async Task Links_are_followed_inside_the_machine_only()
    {
        var bytes = ArchivedTree.Archive(
            ("a/sys/real/value", "inside\n"), ("a/sys/bus", "->real"), ("a/sys/absolute", "->/sys/real/value"),
            ("a/sys/other", "->../../b/sys/value"), ("a/sys/loop", "->loop"), ("b/sys/value", "of another machine\n"));
        var tree = (await ReadAsync(bytes)).Tree("a");

        Assert.Equal("inside\n", Text(tree, "sys/bus/value"));
        Assert.Equal("inside\n", Text(tree, "sys/absolute"));
        Assert.Null(Text(tree, "sys/other"));
        Assert.Null(Text(tree, "sys/loop"));
        Assert.Equal(["value"], tree.List("sys/bus", out _));
        Assert.Equal("real", tree.LinkTarget("sys/bus"));
    }

    [Theory]
    [InlineData("", "sys/x", "etc/y")]
    [InlineData("host1", "host1/sys/x", "host1/proc/y")]
    [InlineData("a,b", "a/sys/x", "b/sys/y")]
    [InlineData("in/a,in/b", "in/a/sys/x", "in/b/sys/y")]
    [InlineData("", "sys/a/sys/x", "b/sys/y")]
    public async Task Machines_are_the_folders_that_hold_sys(string machines, string first, string second)
    {
        var archive = await ReadAsync(ArchivedTree.Archive((first, "1\n"), (second, "2\n")));

        Assert.Equal(machines, string.Join(',', archive.Hosts()));
    }

    [Fact]
    public async Task Names_that_lead_out_and_odd_entries_are_left_out_and_named()
    {
        using var bytes = new MemoryStream();
        await using (var writer = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "../../etc/passwd"));
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.Fifo, "sys/pipe"));
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "./sys//value")
            {
                DataStream = new MemoryStream("1\n"u8.ToArray()),
            });
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.HardLink, "sys/same") { LinkName = "sys/value" });
        }

        var archive = await ReadAsync(bytes.ToArray());

        Assert.Equal(["../../etc/passwd", "sys/pipe"], archive.Problems.Select(problem => problem.Path));
        Assert.Equal("1\n", Text(archive.Tree(""), "sys/value"));
        Assert.Equal("1\n", Text(archive.Tree(""), "sys/same"));
    }

    [Fact]
    public async Task Compressed_and_plain_archives_are_told_apart_by_their_bytes()
    {
        var plain = ArchivedTree.Archive(("sys/value", "1\n"));

        Assert.Equal("1\n", Text((await ReadAsync(plain)).Tree(""), "sys/value"));
        Assert.Equal("1\n", Text((await ReadAsync(Zipped(plain))).Tree(""), "sys/value"));
    }

    [Fact]
    public async Task What_cannot_be_read_to_its_end_is_refused()
    {
        var zipped = Zipped(ArchivedTree.Archive(("sys/value", new string('x', 5000)), ("sys/other", "y")));

        byte[][] useless =
            [[], [0x1f, 0x8b], zipped[..^20], "<domain/>\n"u8.ToArray(), "BZh91AY&SY"u8.ToArray(), new byte[100]];
        foreach (var bytes in useless)
        {
            await Assert.ThrowsAsync<SourceUnusableException>(() => ReadAsync(bytes));
        }
    }

    [Fact]
    public async Task No_damage_to_an_archive_is_a_crash()
    {
        var whole = Zipped(ArchivedTree.Archive(("sys/value", "1\n"), ("sys/link", "->value")));
        for (var i = 0; i < whole.Length; i++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[i] ^= 0x55;

            var failure = await Record.ExceptionAsync(() => ReadAsync(bytes));

            Assert.True(failure is null or SourceUnusableException, $"byte {i}: {failure}");
        }
    }

    private static Task<TarArchive> ReadAsync(byte[] bytes) =>
        TarArchive.ReadAsync(new MemoryStream(bytes), "it.tar", CancellationToken.None);

    private static byte[] Zipped(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        return zipped.ToArray();
    }

    private static string? Text(TarTree tree, string path) =>
        tree.Read(path, out _) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
