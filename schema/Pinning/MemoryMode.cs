using System.Text.Json.Serialization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Pinning;

/// <summary>How hard a guest's memory is bound to host cells (libvirt: numatune mode).</summary>
[JsonConverter(typeof(WordJson<MemoryMode>))]
public enum MemoryMode
{
    /// <summary>Only from these cells, else the allocation fails.</summary>
    [JsonStringEnumMemberName("strict")]
    Strict,

    /// <summary>From these cells while they have some, then from others.</summary>
    [JsonStringEnumMemberName("preferred")]
    Preferred,

    /// <summary>Page by page over these cells; spills.</summary>
    [JsonStringEnumMemberName("interleave")]
    Interleave,

    /// <summary>By cgroup only, so that it can change while the guest runs; strict for capacity.</summary>
    [JsonStringEnumMemberName("restrictive")]
    Restrictive,
}
