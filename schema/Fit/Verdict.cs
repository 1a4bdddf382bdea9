using System.Text.Json.Serialization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Fit;

/// <summary>What a finding, or a whole report, comes to; of several the greatest counts. Info is of findings only and changes nothing.</summary>
[JsonConverter(typeof(WordJson<Verdict>))]
public enum Verdict
{
    /// <summary>Worth knowing, no reproach.</summary>
    [JsonStringEnumMemberName("INFO")]
    Info,

    /// <summary>The pinning does what it was made for.</summary>
    [JsonStringEnumMemberName("FITS")]
    Fits,

    /// <summary>The guest runs, but the intent is lost.</summary>
    [JsonStringEnumMemberName("DEGRADED")]
    Degraded,

    /// <summary>The evidence is missing or too old.</summary>
    [JsonStringEnumMemberName("UNKNOWN")]
    Unknown,

    /// <summary>The guest cannot start, is killed, or takes what belongs to another.</summary>
    [JsonStringEnumMemberName("BROKEN")]
    Broken,
}
