using System.Collections.Immutable;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// Something that happened on a libvirt host: a reason to look at once, never a fact by itself. Guest and UUID are
/// null for events of the connection. <c>What</c> and <c>Detail</c> are virsh's words in lower case
/// (<c>suspended</c>, <c>post-copy</c>), for a connection the reason; parameters are those of a tunable event
/// (<c>cputune.vcpupin0</c> = <c>5</c>).
/// </summary>
public sealed record LibvirtEvent(
    LibvirtEventKind Kind,
    string? Guest = null,
    string? Uuid = null,
    string? What = null,
    string? Detail = null,
    ImmutableSortedDictionary<string, string>? Parameters = null)
{
    /// <summary>The settings of a tunable event, name to value; empty for others.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } =
        Parameters ?? ImmutableSortedDictionary<string, string>.Empty;
}
