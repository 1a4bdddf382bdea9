using System.Text.Json.Serialization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Pinning;

/// <summary>What a guest with dedicated CPUs wants of SMT siblings.</summary>
[JsonConverter(typeof(WordJson<SmtPolicy>))]
public enum SmtPolicy
{
    /// <summary>Siblings together where that is possible.</summary>
    [JsonStringEnumMemberName("prefer")]
    Prefer,

    /// <summary>A core alone: its siblings are used by nobody.</summary>
    [JsonStringEnumMemberName("isolate")]
    Isolate,

    /// <summary>vCPUs on sibling pairs.</summary>
    [JsonStringEnumMemberName("require")]
    Require,
}
