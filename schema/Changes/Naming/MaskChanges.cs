using System.Globalization;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>
/// CPUs that were isolated, made tickless or allowed, or are not any more; those that came and went are told already.
/// </summary>
internal static class MaskChanges
{
    public static IEnumerable<TopologyChange> Name(Differing differing) =>
    [
        .. Mask(differing, "isolated", ChangeNames.IsolationChanged, "isolated", "not isolated"),
        .. Mask(differing, "nohzFull", ChangeNames.NohzFullChanged, "tickless", "ticking"),
        .. Mask(differing, "allowed", ChangeNames.AllowedChanged, "allowed", "not allowed"),
    ];

    private static IEnumerable<TopologyChange> Mask(
        Differing differing, string field, string name, string inside, string outside)
    {
        var members = differing.Claim(part => part is { List: "cpus", Sub: not "" } && part.Field == field);
        foreach (var side in members.GroupBy(part => part.After is not null).OrderBy(side => side.Key))
        {
            var cpus = CpuSet.Of(side.Select(part => int.Parse(part.Sub, CultureInfo.InvariantCulture)));
            var (before, after) = side.Key ? (outside, inside) : (inside, outside);
            yield return new TopologyChange(name, $"cpu {cpus}", before, after, side.ToList());
        }
    }
}
