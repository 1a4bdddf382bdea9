using System.Text.Json.Serialization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Placement;

/// <summary>Which of several places is the best.</summary>
[JsonConverter(typeof(WordJson<PlacementPolicy>))]
public enum PlacementPolicy
{
    /// <summary>Fewest cells, then the smallest distance between them, then the lowest cell numbers.</summary>
    [JsonStringEnumMemberName("closest")]
    Closest,

    /// <summary>Cells that are left the fullest, so that large holes stay; then the smallest distance.</summary>
    [JsonStringEnumMemberName("pack")]
    Pack,

    /// <summary>Cells that are left the emptiest; then the smallest distance.</summary>
    [JsonStringEnumMemberName("spread")]
    Spread,
}
