using System.Text;
using System.Text.Json;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Tests.Rules;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Formats.DomainXml;

/// <summary>
/// Small documents, one rule each, and what libvirt 9.0 made of them when it was asked (ask-libvirt.py): the definition it kept,
/// or its error.
/// </summary>
public sealed class LibvirtAnswersTests
{
    // Faults of what no pinning depends on; of a document that has none of it, everything that is left is right.
    private static readonly string[] Unrelated =
    [
        "vcpusched overlap is no pin", "iothreadsched unknown is no pin", "memory zero", "memory missing", "memory empty",
        "max memory without slots", "max memory below memory", "memory devices exceed the memory",
        "memory device for no guest cell", "allocation unknown", "hostdev slot too large",
    ];

    // libvirt takes no blank after a number in an element; what is meant is plain.
    private static readonly string[] Lenient = ["vcpu blanks after", "memory blank after"];

    [Fact]
    public void What_libvirt_refuses_is_a_problem_and_what_it_takes_is_none() => Rule.Holds(
        from one in Cases()
        let problems = Read(one.Xml).Problems
        where (one.Kept is null && !Unrelated.Contains(one.Name) && !Lenient.Contains(one.Name)) != problems.Count > 0
        select $"{one.Name}: libvirt '{one.Error ?? "takes it"}', ours '{string.Join("; ", problems)}'");

    [Fact]
    public void A_document_means_what_the_definition_means_that_libvirt_keeps_of_it() => Rule.Holds(
        from one in Cases()
        where one.Kept is not null
        let written = Json(Read(one.Xml).Pins)
        let kept = Json(Read(one.Kept!).Pins)
        where written != kept
        select $"{one.Name}: {written} is kept as {kept}");

    private static IEnumerable<(string Name, string Xml, string? Kept, string? Error)> Cases() =>
        from line in File.ReadLines(Repository.At("tests", "NumaHistory.Tests", "Formats", "DomainXml", "libvirt-answers.jsonl"))
        let answer = JsonDocument.Parse(line).RootElement
        select (Text(answer, "name")!, Text(answer, "xml")!, Text(answer, "kept"), Text(answer, "error"));

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static DomainGuest Read(string xml) => Assert.Single(DomainDocuments.Parse(Encoding.UTF8.GetBytes(xml)).Guests);

    private static string Json(GuestPins pins) => JsonSerializer.Serialize(pins, FactJson.Default.GuestPins);
}
