using System.Text.Json;
using NumaHistory.Schema.Placement;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>The tests of the Kubernetes topology plugin, asked of us.</summary>
public sealed class KubernetesCasesTests
{
    [Fact]
    public void A_pod_fits_where_the_plugin_says_so()
    {
        var wrong = new List<string>();
        foreach (var test in Cases().Where(test => !IsSplit(test)))
        {
            var answers = KubernetesCase.Requests(test).Select(Placer.Place).ToList();
            var expected = test.GetProperty("expect").GetProperty("fits").GetBoolean();
            if (answers.TrueForAll(answer => answer.Fits) != expected)
            {
                wrong.Add($"{test.GetProperty("id")} {expected}: {string.Join("; ", answers.SelectMany(one => one.Rejected).SelectMany(one => one.Findings).Select(one => one.Text))}");
            }
        }

        Assert.Equal([], wrong);
    }

    [Fact]
    public void Pods_on_zones_of_their_own_keep_the_rules()
    {
        var broken = Cases().Where(test => !IsSplit(test)).SelectMany(KubernetesCase.Requests).Where(request => request.Guest.Cells!.Count == 1)
            .SelectMany(request => PlacementRules.Broken(request, Placer.Place(request)));

        Assert.Equal([], broken);
    }

    [Fact]
    public void A_free_split_takes_the_cells_that_the_plugin_takes()
    {
        foreach (var test in Cases().Where(IsSplit))
        {
            var answer = Placer.Place(KubernetesCase.Split(test));

            var expected = test.GetProperty("expect").GetProperty("cells");
            Assert.Equal(
                expected.ValueKind == JsonValueKind.Array ? [.. expected.EnumerateArray().Select(cell => cell.GetInt32())] : [],
                answer.Candidates.SelectMany(candidate => candidate.Cells!).Select(cell => cell.HostCell));
        }
    }

    private static bool IsSplit(JsonElement test) => test.GetProperty("kind").GetString() == "least-numa";

    private static List<JsonElement> Cases() =>
        [.. File.ReadLines(SharedData.Require("fit", "k8s.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
}
