using NumaHistory.Recorder.Sampling;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Schema.Memory;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Recorder.Sampling;

public sealed class CellMemoryReaderOnRecordedHostsTests
{
    public static TheoryData<string> Archives() =>
        [.. new[] { "sysfs", "captures" }
            .Select(folder => SharedData.TryFind(folder))
            .OfType<string>()
            .SelectMany(folder => Directory.GetFiles(folder, "*.tar.gz", SearchOption.AllDirectories))
            .Select(archive => Path.GetRelativePath(SharedData.Root!, archive))
            .Order(StringComparer.Ordinal)
            .DefaultIfEmpty("sysfs")];

    [Theory]
    [MemberData(nameof(Archives))]
    public void A_pass_over_open_files_says_what_a_whole_look_says(string archive)
    {
        using var tree = TreeFolder.Unpack(SharedData.Require(archive));
        var looked = SysfsHost.Read(new DirectoryTree(tree.Root)).Memory;
        using var reader = CellMemoryReader.Open(tree.Root);
        var readings = reader.NewReadings();

        reader.Read(readings);

        Assert.Equal(looked.Cells.Select(Text), readings.ToCells().Select(Text));
    }

    [Fact]
    public void Sixteen_cells_are_read_as_the_kernel_wrote_them()
    {
        using var tree = TreeFolder.Unpack(Repository.At("tests", "Hosts", "numa16", "tree.tar.gz"));
        using var reader = CellMemoryReader.Open(tree.Root);
        var readings = reader.NewReadings();

        var signs = reader.Read(readings);

        Assert.Equal(ReadSigns.None, signs);
        Assert.Equal(Enumerable.Range(0, 16), readings.ToCells().Select(cell => cell.Id));
        Assert.Equal(["0 256584 248068 184 2048=0 1048576=0"], readings.ToCells().Take(1).Select(Text));
    }

    private static string Text(CellMemory cell) =>
        $"{cell.Id} {cell.TotalKiB} {cell.FreeKiB} {cell.ReclaimableKiB} "
        + (cell.Pages is null ? "unknown" : string.Join(' ', cell.Pages.Select(pool => $"{pool.SizeKiB}={pool.Free}")));
}
