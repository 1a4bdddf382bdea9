using System.Text.Json.Serialization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Observing;

/// <summary>How far a migration is, as one of its two hosts sees it.</summary>
[JsonConverter(typeof(WordJson<MigrationPhase>))]
public enum MigrationPhase
{
    /// <summary>The source holds the guest for the switch-over.</summary>
    [JsonStringEnumMemberName("leaving")]
    Leaving,

    /// <summary>The source gave the guest away.</summary>
    [JsonStringEnumMemberName("left")]
    Left,

    /// <summary>The source has the guest back: the migration failed or was cancelled, and it runs on where it was.</summary>
    [JsonStringEnumMemberName("stayed")]
    Stayed,

    /// <summary>The target took the guest in and waits for its memory.</summary>
    [JsonStringEnumMemberName("arriving")]
    Arriving,

    /// <summary>The guest runs on the target.</summary>
    [JsonStringEnumMemberName("arrived")]
    Arrived,

    /// <summary>The target gave up.</summary>
    [JsonStringEnumMemberName("not-arrived")]
    NotArrived,

    /// <summary>The guest runs on the target while memory is still on the source: neither side can go on alone.</summary>
    [JsonStringEnumMemberName("post-copy")]
    PostCopy,

    /// <summary>The link broke in post-copy: the guest stands still until it is recovered, or is lost.</summary>
    [JsonStringEnumMemberName("post-copy-failed")]
    PostCopyFailed,
}
