using System.Text;
using System.Text.Json;
using CsCheck;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Changes;

public sealed class TopologyDiffLawTests
{
    [Fact]
    public void The_changes_between_any_two_topologies_turn_one_into_the_other() =>
        Gen.Select(GensTopology.Recorded, GensTopology.Recorded).Sample(Holds, iter: 3000);

    [Fact]
    public void The_changes_between_any_two_machines_turn_one_into_the_other() =>
        Gen.Select(GensMachine.Any, GensMachine.Any).Sample((a, b) => Holds(a.Topology(), b.Topology()), iter: 1000);

    [Fact]
    public void A_source_that_lists_things_twice_or_in_no_order_is_followed_exactly() =>
        Gen.Select(GensTopology.Disordered, GensTopology.Disordered).Sample(Holds, iter: 1000);

    [Fact]
    public void Cells_under_other_ids_come_back_under_them() =>
        Gen.Select(GensTopology.Any, Gen.Shuffle(new[] { 0, 1, 2, 3, 4 })).Sample(
            (topology, to) => Holds(topology, Renumbered(topology, to)),
            iter: 2000);

    [Fact]
    public void The_order_in_which_changes_are_applied_does_not_matter() =>
        Gen.Select(GensTopology.Any, GensTopology.Any).Sample(
            (before, after) =>
            {
                var backwards = TopologyDiff.Between(before, after).Reverse();

                Assert.Equal(Json(after), Json(TopologyDiff.Apply(before, backwards)));
            },
            iter: 500);

    [Fact]
    public void Equal_topologies_have_no_changes() =>
        GensTopology.Recorded.Sample(
            topology => Assert.Empty(TopologyDiff.Between(topology, Copy(topology))),
            iter: 500);

    [Fact]
    public void No_place_is_in_two_changes() =>
        Gen.Select(GensTopology.Any, GensTopology.Any).Sample(
            (before, after) =>
            {
                var places = TopologyDiff.Between(before, after)
                    .SelectMany(change => change.Parts)
                    .Select(part => (part.List, part.Key, part.Field, part.Sub))
                    .ToList();

                Assert.Equal(places.Count, places.Distinct().Count());
            },
            iter: 500);

    [Fact]
    public void Every_change_has_a_name_of_the_catalogue_and_shows_a_difference() =>
        Gen.Select(GensTopology.Disordered, GensTopology.Disordered).Sample(
            (before, after) => Assert.All(TopologyDiff.Between(before, after), change =>
            {
                Assert.Contains(change.Name, ChangeNames.All);
                Assert.NotEqual(change.Before, change.After);
                Assert.True(change.Parts.Count + change.Moves.Count > 0);
            }),
            iter: 500);

    private static void Holds(HostTopology before, HostTopology after)
    {
        var applied = TopologyDiff.Apply(before, TopologyDiff.Between(before, after));

        Assert.Equal(Json(after), Json(applied));
        Assert.Equal(after.Fingerprint, applied.Fingerprint);
        Assert.Equal(after.CapacityFingerprint, applied.CapacityFingerprint);
    }

    private static HostTopology Renumbered(HostTopology topology, int[] to) => HostTopology.Of(
        topology.Cpus,
        topology.Cells?.Select(cell => cell with
        {
            Id = to[cell.Id],
            Distances = cell.Distances?
                .Select(distance => distance with { Cell = to[distance.Cell] })
                .OrderBy(distance => distance.Cell)
                .ToList(),
        }),
        topology.CpuInfo,
        topology.Devices);

    private static HostTopology Copy(HostTopology topology) =>
        JsonSerializer.Deserialize(Json(topology), FactJson.Default.HostTopology)!;

    private static string Json(HostTopology topology) =>
        Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(topology, FactJson.Default.HostTopology));
}
