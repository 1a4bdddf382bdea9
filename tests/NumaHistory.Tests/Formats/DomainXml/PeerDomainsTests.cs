using System.Text.Json;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Tests.Rules;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Formats.DomainXml;

/// <summary>The shared domain documents, held against what libvirt and an independent parser say of them.</summary>
public sealed class PeerDomainsTests
{
    private static readonly (string File, string Start, string Reason)[] Known =
    [
        ("libvirt/qemuxml2argvdata/hugepages-numa-default-dimm.xml", "pages", DefaultSize),
        ("libvirt/qemuxml2argvdata/memfd-memory-default-hugepage.xml", "pages", DefaultSize),
        ("libvirt/qemuxml2argvdata/numad-auto-vcpu-static-numatune-no-nodeset.xml", "memory binding", Refused),
        ("libvirt/qemuxml2argvdata/numatune-memory-invalid-nodeset.xml", "memory binding", Refused),
        ("virt-manager/tests/data/cli/compare/virt-install-many-devices.xml", "pages", "1234 MB are no whole KiB; libvirt rounds up"),
    ];

    private const string DefaultSize = "<hugepages/> without a page means the host's default size, which is an entry without a size";
    private const string Refused = "libvirt refuses it, so it binds nothing; there is a problem in its place";

    [Fact]
    public void Every_shared_document_agrees_with_its_peers()
    {
        var differences = Documents().SelectMany(Differences).ToList();

        Rule.Holds(differences);
    }

    [Fact]
    public void What_libvirt_refuses_because_of_pins_memory_or_guest_cells_is_a_problem_and_nothing_else_is()
    {
        var wrong = Documents().SelectMany(one => Read(one.File).Guests.Zip(one.Domains).Select(pair => (
                one.File,
                Error: pair.Second.TryGetProperty("virsh", out var virsh) && virsh.TryGetProperty("error", out var error) ? error.GetString() : null,
                pair.First.Problems)))
            .Where(one => (one.Error is not null && !Unrelated(one.Error)) != one.Problems.Count > 0)
            .Select(one => $"{one.File}: libvirt '{one.Error}', ours '{string.Join("; ", one.Problems)}'");

        Rule.Holds(wrong);
    }

    // Scheduler settings are no pins.
    private static bool Unrelated(string error) =>
        error.Contains("vcpusched", StringComparison.Ordinal) || error.Contains("Cannot find 'iothread'", StringComparison.Ordinal);

    private static IEnumerable<string> Differences((string File, JsonElement[] Domains) one)
    {
        var reading = Read(one.File);
        if (reading.Guests.Count != one.Domains.Length)
        {
            return [$"{one.File}: {reading.Refused?.ToString() ?? $"{reading.Guests.Count} domains"}"];
        }

        return reading.Guests.Zip(one.Domains).SelectMany(pair =>
            PeerDomain.Differences(pair.Second, pair.First.Pins).Where(difference => !Known.Any(known => known.File == one.File && difference.StartsWith(known.Start, StringComparison.Ordinal)))
            .Select(difference => $"{one.File}: {difference}"));
    }

    private static DomainReading Read(string file) =>
        DomainDocuments.Parse(File.ReadAllBytes(Path.Combine(SharedData.Require("domains"), file)));

    private static List<(string File, JsonElement[] Domains)> Documents()
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("domains", "expected.json")));
        return [.. expected.RootElement.EnumerateObject().Select(file =>
            (file.Name, file.Value.GetProperty("domains").EnumerateArray().Select(domain => domain.Clone()).ToArray()))];
    }
}
