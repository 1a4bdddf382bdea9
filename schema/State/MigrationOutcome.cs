using System.Text.Json.Serialization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.State;

/// <summary>What became of a migration.</summary>
[JsonConverter(typeof(WordJson<MigrationOutcome>))]
public enum MigrationOutcome
{
    /// <summary>Neither side has said that it is over.</summary>
    [JsonStringEnumMemberName("under-way")]
    UnderWay,

    /// <summary>The guest runs on the target.</summary>
    [JsonStringEnumMemberName("moved")]
    Moved,

    /// <summary>It failed or was cancelled: the guest is where it was.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>The link broke in post-copy, and nothing was seen of a recovery.</summary>
    [JsonStringEnumMemberName("post-copy-failed")]
    PostCopyFailed,

    /// <summary>Somebody said so; no host showed it.</summary>
    [JsonStringEnumMemberName("declared")]
    Declared,
}
