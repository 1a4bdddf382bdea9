using System.Text.Json.Serialization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Pinning;

/// <summary>Which of a guest's definitions a pinning stands in; they drift apart by design.</summary>
[JsonConverter(typeof(WordJson<PinLayer>))]
public enum PinLayer
{
    /// <summary>The persistent definition: the guest will start so.</summary>
    [JsonStringEnumMemberName("config")]
    Config,

    /// <summary>The running guest's definition: it runs so, as far as the hypervisor was told.</summary>
    [JsonStringEnumMemberName("live")]
    Live,

    /// <summary>The definition inside a saved image or snapshot: the guest will resume so.</summary>
    [JsonStringEnumMemberName("saved-image")]
    SavedImage,

    /// <summary>What somebody decided: the guest is meant to be pinned so, on the host of the decision.</summary>
    [JsonStringEnumMemberName("decided")]
    Decided,
}
