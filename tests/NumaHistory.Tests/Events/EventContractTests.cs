using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Events;

/// <summary>What is stored today must be readable for ever: a changed snapshot here needs an upcaster, not a refresh.</summary>
public sealed class EventContractTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static TheoryData<string> Names => [.. EventNames.ByType.Values];

    public static TheoryData<string> NamesStoredAsJson => [.. EventNames.ByType.Values.Except(["memory.block"])];

    [Fact]
    public void The_catalogue_names_every_fact_once()
    {
        var facts = typeof(IHostFact).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IHostFact)) && !type.IsInterface);

        Assert.Equal(facts.OrderBy(type => type.Name), EventNames.ByType.Keys.OrderBy(type => type.Name));
        Assert.Distinct(EventNames.ByType.Values);
    }

    [Fact]
    public void The_stored_names_stay_what_they_are()
    {
        Snapshot.Matches(string.Concat(EventNames.ByType.Select(pair => $"{pair.Value} {pair.Key.Name}\n")));
    }

    [Fact]
    public void The_folder_of_events_is_the_catalogue()
    {
        var files = Directory.EnumerateFiles(Repository.At("schema", "Events"), "*.cs").Select(Path.GetFileNameWithoutExtension);

        Assert.Subset(files.ToHashSet(), EventNames.ByType.Keys.Select(type => (string?)type.Name).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_readers_catalogue_explains_every_event(string name)
    {
        var catalogue = File.ReadAllText(Repository.At("schema", "README.md"));

        Assert.Contains($"| `{name}` |", catalogue);
    }

    [Theory]
    [MemberData(nameof(NamesStoredAsJson))]
    public void The_stored_form_of_an_event_stays_readable_for_ever(string name)
    {
        var json = JsonNode.Parse(EventJson.Write(Of(name)))!.ToJsonString(Indented);

        Snapshot.Matches(json + "\n", name, "json");
    }

    [Theory]
    [MemberData(nameof(NamesStoredAsJson))]
    public void An_example_leaves_no_member_out(string name)
    {
        var json = JsonNode.Parse(EventJson.Write(Of(name)))!.AsObject();

        Assert.DoesNotContain(json, member => member.Value is null);
    }

    [Theory]
    [MemberData(nameof(NamesStoredAsJson))]
    public void An_event_that_was_written_is_read_back_as_it_was(string name)
    {
        var written = EventJson.Write(Of(name));

        var read = EventJson.Read(name, written);
        var readFromElement = EventJson.Read(name, JsonDocument.Parse(written).RootElement);

        Assert.Equal(name, EventNames.Of(read));
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(EventJson.Write(read)));
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(EventJson.Write(readFromElement)));
    }

    [Theory]
    [InlineData("host.exploded")]
    [InlineData("HostBooted")]
    [InlineData("")]
    public void A_name_that_is_not_in_the_catalogue_is_refused_by_name(string name)
    {
        var refused = Assert.Throws<UnknownFactException>(() => EventJson.Read(name, "{}"u8));

        Assert.Equal(name, refused.Name);
    }

    [Fact]
    public void The_ids_of_streams_and_events_stay_what_they_are()
    {
        var stream = HostKey.HostStream(Example.Facts[0].Host);
        var ids = Example.Facts.Select(fact => $"{EventNames.Of(fact)} {EventId.Of(stream, fact)}\n");

        Snapshot.Matches($"{stream} {EventId.OfStream(stream)}\n{string.Concat(ids)}");
    }

    [Fact]
    public void CPUs_that_a_decision_sets_aside_are_kept_and_a_decision_without_them_is_written_as_ever()
    {
        var plain = (PinningDecided)Of("pinning.decided");
        var aside = plain with { Pins = plain.Pins with { Reserved = CpuSet.Parse("3") } };

        var read = (PinningDecided)EventJson.Read("pinning.decided", EventJson.Write(aside));

        Assert.Equal("3", read.Pins.Reserved?.ToString());
        Assert.DoesNotContain("reserved", Encoding.UTF8.GetString(EventJson.Write(plain)), StringComparison.Ordinal);
        Assert.Null(((PinningDecided)EventJson.Read("pinning.decided", EventJson.Write(plain))).Pins.Reserved);
    }

    private static IHostFact Of(string name) => Example.Facts.Single(fact => EventNames.Of(fact) == name);
}
