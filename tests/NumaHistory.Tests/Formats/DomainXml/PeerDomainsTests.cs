using System.Text.Json;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Tests.Rules;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Formats.DomainXml;

/// <summary>The shared domain documents, held against what libvirt and an independent parser say of them.</summary>
public sealed class PeerDomainsTests
{
    [Fact]
    public void Every_shared_document_agrees_with_its_peers() => Rule.Holds(
        from one in Differences()
        where !KnownDifference.All.Any(known => known.Explains(one.File, one.Difference))
        select $"{one.File}: {one.Difference}");

    [Fact]
    public void A_known_difference_is_still_one()
    {
        var differences = Differences().ToList();

        Rule.Holds(KnownDifference.All
            .Where(known => !differences.Exists(one => known.Explains(one.File, one.Difference)))
            .Select(known => $"{known.File} no longer differs in {known.What}"));
    }

    [Fact]
    public void What_libvirt_refuses_because_of_pins_memory_or_guest_cells_is_a_problem_and_nothing_else_is() => Rule.Holds(
        from one in Documents()
        from pair in Read(one.File).Guests.Zip(one.Domains)
        let error = Error(pair.Second)
        let problems = pair.First.Problems
        where (error is not null && !IsUnrelated(error)) != problems.Count > 0
        select $"{one.File}: libvirt '{error}', ours '{string.Join("; ", problems)}'");

    [Fact]
    public void Every_shared_definition_takes_another_pinning_and_keeps_all_else() => Rule.Holds(
        from one in Documents()
        let reading = Read(one.File)
        where reading.Guests is [{ Problems.Count: 0 }]
        let text = File.ReadAllText(Path.Combine(SharedData.Require("domains"), one.File))
        where text.Contains("<domain", StringComparison.Ordinal)
        from broken in PinnedDefinitionTests.Broken(text)
        select $"{one.File}: {broken}");

    // Scheduler settings are no pins.
    private static bool IsUnrelated(string error) => error.Contains("vcpusched", StringComparison.Ordinal)
        || error.Contains("Cannot find 'iothread'", StringComparison.Ordinal);

    private static string? Error(JsonElement peer) =>
        peer.TryGetProperty("virsh", out var virsh) && virsh.TryGetProperty("error", out var error) ? error.GetString() : null;

    private static IEnumerable<(string File, string Difference)> Differences()
    {
        foreach (var (file, domains) in Documents())
        {
            var reading = Read(file);
            if (reading.Guests.Count != domains.Length)
            {
                yield return (file, reading.Refused?.ToString() ?? $"{reading.Guests.Count} domains");
            }

            var pairs = reading.Guests.Zip(domains);
            foreach (var difference in pairs.SelectMany(pair => PeerDomain.Differences(pair.Second, pair.First.Pins)))
            {
                yield return (file, difference);
            }
        }
    }

    private static DomainReading Read(string file) =>
        DomainDocuments.Parse(File.ReadAllBytes(Path.Combine(SharedData.Require("domains"), file)));

    private static List<(string File, JsonElement[] Domains)> Documents()
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("domains", "expected.json")));
        return
        [
            .. expected.RootElement.EnumerateObject().Select(file => (
                file.Name,
                file.Value.GetProperty("domains").EnumerateArray().Select(domain => domain.Clone()).ToArray())),
        ];
    }
}
