using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fit;

/// <summary>Huge pages are promised once, whoever of those that were promised them runs. Cell 1 has 1 GiB pages and 2 MiB pages for one guest of 4 GiB.</summary>
public sealed class CommittedPagesTests
{
    private const long GiB = Questions.GiB;

    private static readonly HostTopology Host = Questions.Cell(
        Questions.Machine().Topology(), 1, cell => cell with { Pages = [new PagePool(2048, 2560), new PagePool(GiB, 1)] });

    [Theory]
    [InlineData(2048L, 2048L, "strict", Verdict.Broken)]
    [InlineData(2048L, null, "strict", Verdict.Broken)]
    [InlineData(null, 2048L, "strict", Verdict.Broken)]
    [InlineData(2048L, 2048L, "preferred", Verdict.Degraded)]
    [InlineData(2048L, GiB, "strict", null)]
    [InlineData(2048L, 0L, "strict", null)]
    public void Two_guests_are_promised_pages_that_are_there_for_one(long? mine, long? theirs, string mode, Verdict? expected)
    {
        var guest = Paged(Questions.Guest(), mine) with { Memory = new MemoryBinding(Enum.Parse<MemoryMode>(mode, ignoreCase: true), Some.Cpus("1")) };

        var report = FitCheck.Check(Questions.Ask(guest, Host) with { Others = [Paged(Other(4), theirs)] });

        var finding = report.Findings.FirstOrDefault(one => one.Code == "memory-committed");
        Assert.Equal(expected, finding?.Verdict);
        Assert.Equal(expected is null ? null : "together with other guests 4096 pages of 2 MiB are bound to cell 1, which has 2560", finding?.Text);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "memory-committed")]
    public void What_is_left_for_others_is_counted_in_whole_pages(int oddKiB, string? code)
    {
        // 1 GiB is 512 pages, one odd KiB more is one more page.
        var other = Paged(Other(1) with { MemoryKiB = GiB + oddKiB }, 2048);

        var report = FitCheck.Check(Questions.Ask(Paged(Questions.Guest(), 2048), Host) with { Others = [other] });

        Assert.Equal(code, report.Findings.FirstOrDefault(one => one.Code == "memory-committed")?.Code);
    }

    [Fact]
    public void Nobody_takes_its_pages_from_a_guest_that_runs()
    {
        var question = Questions.Ask(Paged(Questions.Guest(), 2048) with { Layer = PinLayer.Live }, Host) with { Situation = Situation.Running, Others = [Paged(Other(4), 2048)] };

        var finding = Assert.Single(FitCheck.Check(question).Findings, one => one.Code == "memory-committed");

        Assert.Equal(Verdict.Degraded, finding.Verdict);
    }

    private static GuestPins Paged(GuestPins guest, long? sizeKiB) => guest with { Pages = sizeKiB == 0 ? [] : [new GuestPages(sizeKiB, null)] };

    private static GuestPins Other(int gib) => Questions.Guest() with
    {
        Guest = "db01",
        Uuid = "5d0c3f8e-0000-4000-8000-000000000002",
        MemoryKiB = gib * GiB,
        Pins = [new VcpuPin(0, Some.Cpus("6"))],
    };
}
