using System.Text.Json.Serialization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Placement;

/// <summary>What a vCPU is given.</summary>
[JsonConverter(typeof(WordJson<CpuKind>))]
public enum CpuKind
{
    /// <summary>The shared CPUs of a cell, with others.</summary>
    [JsonStringEnumMemberName("shared")]
    Shared,

    /// <summary>One CPU for itself.</summary>
    [JsonStringEnumMemberName("dedicated")]
    Dedicated,
}
