using System.Globalization;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>
/// What follows from CPUs coming or going: Linux drops an offline CPU from its cell, from its siblings' and neighbours'
/// sets and from the allowed CPUs, and forgets its place (cpuN/topology disappears); all of it comes back with the CPU.
/// </summary>
internal static class CpuConsequences
{
    // An offline CPU's place may be unknown or made up (libvirt: socket 0), but other silicon is never a consequence.
    private static readonly string[] Silicon = ["model", "stepping", "apicId", "coreType"];

    public static IReadOnlyList<TopologyPart> OfPower(Differing differing, CpuSet cpus, bool leaving) =>
        differing.Claim(part => part.List == "cpus"
            ? part.Field is "online" or "allowed" && IsMember(part, cpus, leaving)
            : IsElsewhere(part, cpus, leaving));

    public static IReadOnlyList<TopologyPart> OfPresence(Differing differing, CpuSet cpus, bool leaving) =>
        differing.Claim(part => part.List == "cpus"
            ? IsMember(part, cpus, leaving)
            : IsElsewhere(part, cpus, leaving));

    private static bool IsElsewhere(TopologyPart part, CpuSet cpus, bool leaving) => part switch
    {
        { List: "cells", Field: "cpus" or "onlineCpus" } => IsMember(part, cpus, leaving),
        { List: "cpuInfo", Key: not "" } when cpus.Contains(part.Id) =>
            !(part.IsKnownInBoth && Silicon.Contains(part.Field)),
        { List: "cpuInfo", Field: "siblings" or "l3" } => IsMember(part, cpus, leaving),
        _ => false,
    };

    private static bool IsMember(TopologyPart part, CpuSet cpus, bool leaving) =>
        part.Sub != ""
        && (part.After is null) == leaving
        && cpus.Contains(int.Parse(part.Sub, CultureInfo.InvariantCulture));
}
