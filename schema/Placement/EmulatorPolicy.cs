using System.Text.Json.Serialization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Placement;

/// <summary>Where a guest's emulator threads run.</summary>
[JsonConverter(typeof(WordJson<EmulatorPolicy>))]
public enum EmulatorPolicy
{
    /// <summary>Wherever the host lets them.</summary>
    [JsonStringEnumMemberName("share")]
    Share,

    /// <summary>On a dedicated CPU of their own, beside the first guest cell.</summary>
    [JsonStringEnumMemberName("isolate")]
    Isolate,
}
