using System.Text.Json.Serialization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Fit;

/// <summary>What the guest is about to do, which decides what a finding comes to.</summary>
[JsonConverter(typeof(WordJson<Situation>))]
public enum Situation
{
    /// <summary>It runs here; the live layer counts.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>It will be started; the config layer counts.</summary>
    [JsonStringEnumMemberName("start")]
    Start,

    /// <summary>It will be resumed; the saved image counts.</summary>
    [JsonStringEnumMemberName("resume")]
    Resume,

    /// <summary>It will come here from another host.</summary>
    [JsonStringEnumMemberName("migrate-in")]
    MigrateIn,
}
