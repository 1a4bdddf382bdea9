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
        await TypeAsync($"import {Tree("dynamic-0-boot")} --host late --at {TimeText.Utc(Seen)}");
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

    [Fact]
    public async Task The_numbers_mean_what_was_believed_also_where_the_host_turns_out_to_have_been_another()
    {
        var decided = Seen.AddMinutes(20);
        await TypeAsync($"import {Tree("dynamic-0-boot")} --host swapped --at {TimeText.Utc(Seen)}");
        await TypeAsync($"decide --guest g2 --host swapped --pin 0=2 --by ops --why test --at {TimeText.Utc(decided)}");
        await TypeAsync($"import {Tree("numa2-interleaved")} --host swapped --at {TimeText.Utc(Seen.AddMinutes(10))}");

        var fit = await store.AskAsync("fit g2 -o json", decided);
        var item = (await store.AskAsync("hindsight g2 -o json", decided.AddMinutes(5))).Item();

        string[] remapped = ["cpu-remapped", "smt-changed"];
        Assert.Equal("FITS", item.GetProperty("known").GetProperty("verdict").GetString());
        Assert.Equal(remapped, Codes(fit.Item()));
        Assert.Equal(remapped, Codes(item.GetProperty("actual")));
        Assert.Equal(remapped, item.GetProperty("since").GetProperty("intervals")[0].GetProperty("because").EnumerateArray().Select(code => code.GetString()));
        Assert.Equal(1, item.GetProperty("since").GetProperty("intervals").GetArrayLength());
    }

    private static string Tree(string host) => Repository.At("tests", "Hosts", host, "tree.tar.gz");

    private static IEnumerable<string?> Codes(System.Text.Json.JsonElement of) => of.GetProperty("findings").EnumerateArray()
        .Where(finding => finding.GetProperty("verdict").GetString() != "INFO").Select(finding => finding.GetProperty("code").GetString());

    private async Task TypeAsync(string line)
    {
        var (code, _, error) = await store.TypeAsync(line);
        Assert.True(code == ExitCode.Yes, error);
    }
}
