using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Hosts;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Query.Rendering;

public sealed class TopologyPictureTests
{
    private static readonly Device[] Devices =
    [
        new("0000:3b:00.0", "network", ["eth0"], "mlx5_core", 0),
        new("0000:5e:00.0", "0x0880", [], null, 0),
        new("0000:d8:00.0", "disk", ["nvme0n1"], "nvme", 1),
        new("0000:00:1f.0", "disk", ["sda"], null, null),
        new("0000:00:1f.4", "0x0c05", [], null, null),
    ];

    private static readonly ILookup<int, PlacedGuestItem> Nobody = Array.Empty<PlacedGuestItem>().ToLookup(_ => 0);

    [Theory]
    [InlineData("numa4-hmat")]
    [InlineData("numa4-hugepages-isolcpus")]
    [InlineData("numa16")]
    [InlineData("sparse-2-node3-offline")]
    [InlineData("fake4-of-1")]
    public async Task A_recorded_host_as_a_picture(string host)
    {
        var reading = await RecordedHost.ReadAsync(host);

        var picture = Looks.Seen(text => TopologyPicture.Write(text, Item(host, reading.Topology), Nobody, Looks.Plain));

        Snapshot.Matches(picture, host);
    }

    [Fact]
    public void Devices_threads_isolated_and_offline_CPUs_are_in_their_places() =>
        Snapshot.Matches(Looks.Seen(text => TopologyPicture.Write(text, Item("db1", TwoSockets()), Nobody, Looks.Plain)));

    [Fact]
    public void Cells_inside_cells_are_frames_inside_frames() => Snapshot.Matches(Looks.Seen(text => TopologyPicture.Write(
        text,
        Item("nested", HostTopology.Of(
            new CpuMasks(),
            Enumerable.Range(0, 3).Select(id => new Cell(id, CpuSet.Of(id), Group: id == 2 ? "1" : "0/0")))),
        Nobody,
        Looks.Plain)));

    [Fact]
    public void In_ASCII_a_frame_is_made_of_plain_characters()
    {
        var picture = Looks.Seen(
            text => TopologyPicture.Write(text, Item("db1", TwoSockets()), Nobody, Looks.Plain with { Ascii = true }));

        Assert.True(System.Text.Ascii.IsValid(picture));
        Snapshot.Matches(picture);
    }

    [Fact]
    public void What_is_not_known_is_a_question_mark_and_never_zero()
    {
        var empty = new Cell(3, CpuSet.Empty, MemoryKiB: 0, Distances: [new CellDistance(3, 10)]);
        var dark = HostTopology.Of(new CpuMasks(), [new Cell(0), empty]);

        Snapshot.Matches(Looks.Seen(text => TopologyPicture.Write(text, Item("dark", dark), Nobody, Looks.Plain)));
    }

    [Fact]
    public void Guests_are_in_their_cells_with_their_memory_and_marks() => Snapshot.Matches(Looks.Seen(text => TopologyPicture.Write(
        text,
        Item("db1", TwoSockets()),
        new[]
        {
            (0, new PlacedGuestItem("web02", Guid.Empty, Spanning: false, Floating: false, Drifted: true, 2_097_152)),
            (0, new PlacedGuestItem("db01", Guid.Empty, Spanning: true, Floating: false, Drifted: false, 4_194_304)),
            (1, new PlacedGuestItem("db01", Guid.Empty, Spanning: true, Floating: false, Drifted: false, 4_194_304)),
            (1, new PlacedGuestItem("a\u001bb", Guid.Empty, Spanning: false, Floating: true, Drifted: false, 0)),
        }.ToLookup(one => one.Item1, one => one.Item2),
        Looks.Plain)));

    internal static HostTopology TwoSockets() => (Some.TwoCells() with
    {
        Offline = Some.Cpus("7"),
        Isolated = Some.Cpus("2-3"),
        Devices = Devices,
    }).Topology();

    internal static TopologyItem Item(string host, HostTopology topology) => new(
        host,
        Some.Noon,
        null,
        "sysfs",
        topology.Fingerprint,
        topology.CapacityFingerprint,
        topology.Cpus,
        topology.Cells,
        topology.CpuInfo,
        topology.Devices);
}
