using System.Text.Json;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Contract;

/// <summary>A whole question about a pinning in one document (CLI.md, a line of <c>fit --problem</c>); what is missing is not known.</summary>
public sealed record FitProblem(
    JsonElement? Id,
    GuestPins? Guest,
    FitContext? Context,
    Situation? Situation,
    FitHost? Host,
    IReadOnlyList<GuestPins>? Others,
    FitLimits? Limits)
{
    /// <summary>
    /// The question, put in order: cells and CPUs sorted, fingerprints made. Throws JsonException with the path of a value that
    /// cannot be.
    /// </summary>
    public FitQuestion Question() => new(
        GivenGuest.Checked(Guest ?? throw new JsonException("$.guest is missing"), "$.guest"),
        Checked(Host ?? throw new JsonException("$.host is missing")),
        Situation,
        Context is null ? null : Context with { Topology = GivenTopology.Checked(Context.Topology, "$.context.topology") },
        [.. (Others ?? []).Select((other, i) => GivenGuest.Checked(other, $"$.others[{i}]"))],
        Limits);

    private static FitHost Checked(FitHost host) => host with
    {
        Name = host.Name ?? throw new JsonException("$.host.name is missing"),
        Topology = GivenTopology.Checked(host.Topology, "$.host.topology"),
        Memory = GivenTopology.Checked(host.Memory, "$.host.memory"),
    };
}
