using System.Text.Json.Serialization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Placement;

/// <summary>Which of a cell's page sizes may back a guest cell.</summary>
[JsonConverter(typeof(WordJson<PageChoice>))]
public enum PageChoice
{
    /// <summary>The smallest that is listed.</summary>
    [JsonStringEnumMemberName("small")]
    Small,

    /// <summary>Any but the smallest.</summary>
    [JsonStringEnumMemberName("large")]
    Large,

    /// <summary>Any; the largest that does is taken.</summary>
    [JsonStringEnumMemberName("any")]
    Any,
}
