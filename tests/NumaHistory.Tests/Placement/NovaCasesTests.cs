using System.Text.Json;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>Nova's own tests, asked of us: the same yes and no, and every yes keeps the rules.</summary>
public sealed class NovaCasesTests
{
    // Where the contract and Nova differ on purpose.
    private static readonly Dictionary<string, string> Differs = new()
    {
        ["nova-016"] = "isolate asks that nobody uses a sibling; Nova refuses every host with threads, since its inventory would still offer the siblings",
        ["nova-156"] = "the same",
    };

    [Fact]
    public void Every_case_fits_where_Nova_says_so_and_keeps_the_rules()
    {
        var wrong = new List<string>();
        foreach (var test in Cases().Where(test => test.GetProperty("kind").GetString() != "usage"))
        {
            var id = test.GetProperty("id").GetString()!;
            var request = NovaCase.Request(test);
            var answer = Placer.Place(request);
            wrong.AddRange(PlacementRules.Broken(request, answer).Select(broken => $"{id}: {broken}"));
            var expected = test.GetProperty("expect").GetProperty("fits").GetBoolean();
            if (answer.Fits != (expected ^ Differs.ContainsKey(id)))
            {
                wrong.Add($"{id} fits: Nova says {expected}: {string.Join("; ", answer.Rejected.SelectMany(host => host.Findings).Select(finding => finding.Text))}");
            }
        }

        Assert.Equal([], wrong);
    }

    // Bookkeeping of an instance that is there: a yes is that its CPUs can be taken, which is asked of a host that has no others.
    [Fact]
    public void CPUs_that_Nova_books_can_be_had_and_those_it_refuses_cannot()
    {
        var wrong = new List<string>();
        foreach (var test in Cases().Where(test => test.GetProperty("kind").GetString() == "usage" && IsTaken(test)))
        {
            var cells = test.GetProperty("instance").GetProperty("cells").EnumerateArray().ToList();
            for (var i = 0; i < cells.Count; i++)
            {
                var demand = NovaCase.Demand(cells[i], i) with { SharedVcpus = null, MemoryKiB = 0, PageSize = null, PageSizeKiB = null };
                var pins = CpuSet.Of([.. cells[i].GetProperty("pinning").EnumerateObject().Select(pin => pin.Value.GetInt32())]);
                var room = NovaCase.Room(test.GetProperty("host").GetProperty("cells").EnumerateArray()
                    .First(cell => cell.GetProperty("id").GetInt32() == cells[i].GetProperty("id").GetInt32())) with
                { DedicatedCpus = pins };
                var fits = Placer.Place(new PlacementRequest(new PlacementHost("nova", [room]), new PlacementGuest([demand]))).Fits;
                if (fits == test.GetProperty("expect").TryGetProperty("raises", out _))
                {
                    wrong.Add($"{test.GetProperty("id")}: {fits}");
                }
            }
        }

        Assert.Equal([], wrong);
    }

    private static bool IsTaken(JsonElement test) =>
        (!test.TryGetProperty("free", out var free) || !free.GetBoolean())
        && test.TryGetProperty("host", out _)
        && test.TryGetProperty("instance", out var instance)
        && instance.GetProperty("cells").EnumerateArray().All(cell => cell.TryGetProperty("pinning", out var pins) && pins.ValueKind == JsonValueKind.Object);

    private static List<JsonElement> Cases() =>
        [.. File.ReadLines(SharedData.Require("fit", "nova.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
}
