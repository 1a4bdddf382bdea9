using NumaHistory.Query.Reading;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Query.Rendering;

public sealed class OtherRenderingTests
{
    [Fact]
    public void Hosts_are_one_a_line_with_unknown_as_a_question_mark() => Snapshot.Matches(Looks.Seen(
        new HostRendering(),
        [
            new HostItem("db1", "3f2a", "x86_64", "kvm", "7c1f", 2, 16, 131_072_000, Some.Noon, Some.Minute(61.5)),
            new HostItem("captured", "captured", null, null, null, 1, null, null, Some.Noon, Some.Noon),
        ],
        Looks.Plain with { Wide = true }));

    [Fact]
    public void Times_are_shown_in_the_zone_asked_for_with_its_offset()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(5.5), "east", "east");
        var item = new HostItem("db1", "3f2a", "x86_64", "kvm", "7c1f", 2, 16, 131_072_000, Some.Noon, Some.Noon);

        var table = Looks.Seen(new HostRendering(), [item], Looks.Plain with { Zone = zone });

        Assert.Contains("2026-11-01T17:30:00+05:30", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_are_named_with_memory_as_sizes() => Snapshot.Matches(Looks.Seen(
        new DiffRendering(),
        [
            new DiffItem(
                "db1",
                Some.Noon,
                Some.Minute(60),
                [
                    new ChangeItem(ChangeNames.CellGone, "cell 3", "2 cpus, 1048576 KiB", null, []),
                    new ChangeItem(ChangeNames.CpuOffline, "cpu 2-3", "online", "offline", []),
                    new ChangeItem(ChangeNames.MemoryShrunk, "cell 2", 67_108_864, 33_554_432, [Guid.Empty]),
                    new ChangeItem(ChangeNames.CellRenumbered, "cell 1", 1, 4, []),
                ]),
        ],
        Looks.Plain));

    [Fact]
    public void A_trend_has_only_the_figures_that_were_asked_for() => Snapshot.Matches(Looks.Seen(
        new MemoryRendering(new MemorySpan(Some.Noon, Some.Minute(120), TimeSpan.FromHours(1), ["min", "p05"])),
        [
            new MemoryItem("db1", 0, Some.Noon, Some.Minute(60), "raw", 360, 1_048_576, null, null, 2_097_152),
            new MemoryItem("db1", 1, Some.Minute(60), Some.Minute(120), "raw", 1, 524_288, null, null, 524_288),
        ],
        Looks.Plain));

    [Fact]
    public void A_bad_CPU_list_is_an_exclamation_mark_and_its_reason()
    {
        CpuSetItem[] items =
        [
            new("0-3", "0-3", 4, null), new("", "", 0, null), new("3-1", null, null, "'3-1' is no list: 1 is below 3"),
        ];

        Assert.Equal("0-3\n\n!'3-1' is no list: 1 is below 3\n", Looks.Seen(new CpuSetRendering(), items, Looks.Plain));
    }
}
