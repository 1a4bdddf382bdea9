using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>A decision seen again says what fit said when it was made, and nothing before it was.</summary>
public sealed class HindsightTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>
{
    private static readonly DateTimeOffset Seen = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_held_for_whoever_decided_after_a_single_look_holds_in_hindsight()
    {
        var decided = Seen.AddMinutes(20);
        await TypeAsync($"import {Repository.At("tests", "Hosts", "dynamic-0-boot", "tree.tar.gz")} --host late --at {TimeText.Utc(Seen)}");
        await TypeAsync($"decide --guest g1 --host late --pin 0=2 --memory-cells 1 --memory 100MiB --by ops --why test --at {TimeText.Utc(decided)}");

        var fit = await store.AskAsync("fit g1", decided);
        var hindsight = await store.AskAsync("hindsight g1 -o json", decided.AddMinutes(5));

        var item = hindsight.Item();
        Assert.Equal(
            (0, 0, "FITS", "FITS"),
            (fit.Code, hindsight.Code, item.GetProperty("known").GetProperty("verdict").GetString(), item.GetProperty("actual").GetProperty("verdict").GetString()));
        var position = item.GetProperty("position").GetInt64();
        var early = await store.AskAsync($"hindsight {position} --at {TimeText.Utc(Seen.AddMinutes(10))}");
        Assert.Equal(4, early.Code);
        Assert.Contains("nobody knew of this decision", early.Err, StringComparison.Ordinal);
        Assert.Equal(0, (await store.AskAsync($"hindsight {position} --at {TimeText.Utc(decided)}")).Code);
    }

    private async Task TypeAsync(string line)
    {
        var (code, _, error) = await store.TypeAsync(line);
        Assert.True(code == ExitCode.Yes, error);
    }
}
