using System.Text.Json.Nodes;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Query.Rendering;

/// <summary>A fact of a guest in a few words; a pinning that took the place of another shows what changed, old to new.</summary>
internal static class PinningSummary
{
    /// <summary>Before is the pinning that this one took the place of; null where it is the first. Hosts are named by their keys in facts.</summary>
    public static string Of(IGuestFact fact, GuestPins? before, Func<string, string> hostName) => fact switch
    {
        GuestSeen seen => $"{seen.Name} is defined{(seen.ManagedBy is { } manager ? $", managed by {manager}" : "")}",
        GuestStarted started => $"{started.Name} runs{Because(started.State is "running" ? null : started.State, started.Reason)}",
        GuestStopped stopped => $"{stopped.Name} does not run any more{Because(stopped.State, stopped.Reason)}",
        GuestGone gone => $"{gone.Name} is not there any more",
        GuestIdentified identified => $"{identified.Name} is the guest {identified.As}",
        GuestMigrating step => $"{step.Name} {PhaseWords.Of(step.Phase)}",
        PinningGone gone => $"{gone.Name} has no {PinWords.Layer(gone.Layer)} any more",
        PinningObserved seen => $"{seen.Name} {PinWords.Layer(seen.Layer)}: {Pins(seen.Pins, before)}",
        PinningDecided decided => $"{decided.Name}: {Pins(decided.Pins, before is null ? null : Alike(before, decided.Pins))}"
            + (decided.Pins.Exclusive == true ? ", exclusive" : "")
            + (decided.Pins.Reserved is { } reserved ? $", {reserved} set aside" : "")
            + (decided.Overruled.Count > 0 ? $", by force: {string.Join("; ", decided.Overruled)}" : ""),
        PinningReleased released => $"{released.Name}: pinning released",
        PlanWithdrawn withdrawn => $"{withdrawn.Name}: plan withdrawn",
        MoveDeclared move => $"{move.Name} moves from {(move.From is { } from ? hostName(from) : "?")} to {hostName(move.Host)}",
        _ => "",
    };

    // What a decision does not decide, and whoever wrote it down may have left out, is no difference.
    private static GuestPins Alike(GuestPins before, GuestPins decided) => before with
    {
        Uuid = decided.Uuid,
        State = decided.State,
        ManagedBy = decided.ManagedBy,
        Vcpus = decided.Vcpus,
        CurrentMemoryKiB = decided.CurrentMemoryKiB,
        Placement = decided.Placement,
        CpuModel = decided.CpuModel,
        Backing = decided.Backing,
        Exclusive = decided.Exclusive,
        Reserved = decided.Reserved,
    };

    private static string Because(params string?[] words) =>
        string.Join(", ", words.OfType<string>()) is { Length: > 0 } text ? $" ({text})" : "";

    /// <summary>A pinning in a few words, or what changed in it.</summary>
    public static string Pins(GuestPins pins, GuestPins? before)
    {
        if (before is null)
        {
            string?[] words =
            [
                pins.Pins.Count > 0 ? PinWords.Vcpus(pins) : null,
                pins.Cpus is { } inherited ? $"all on {inherited}" : null,
                pins.Emulator is { } emulator ? $"emulator {emulator}" : null,
                PinWords.Memory(pins) is { } memory ? $"memory {memory}" : null,
            ];
            return string.Join(", ", words.OfType<string>().DefaultIfEmpty("no pins"));
        }

        var changes = PinningDiff.Between(
            before with { Guest = pins.Guest, Layer = pins.Layer, Effective = pins.Effective, StateReason = before.StateReason ?? pins.StateReason }, pins);
        return string.Join(", ", changes.SelectMany(change => Words(change, before, pins)).Concat(DriftWords.Of(before, pins)).DefaultIfEmpty("as before"));
    }

    private static IEnumerable<string> Words(PinningChange change, GuestPins before, GuestPins after) => change switch
    {
        { Vcpu: { } vcpu } => [$"vcpu {vcpu}: {Text(change.Before?["cpus"], before)} -> {Text(change.After?["cpus"], after)}"],
        { Member: "iothreads" } => before.Iothreads.Concat(after.Iothreads).Select(thread => thread.Id).Distinct().Order()
            .Select(id => (Id: id, Before: Iothread(before, id), After: Iothread(after, id)))
            .Where(one => one.Before != one.After)
            .Select(one => $"iothread {one.Id}: {one.Before} -> {one.After}"),
        { Member: "guestCells" } => [$"guest cells: {Cells(before)} -> {Cells(after)}"],
        _ => [$"{change.Member}: {Value(change.Before)} -> {Value(change.After)}"],
    };

    private static string Cells(GuestPins pins) => string.Join("; ", pins.GuestCells
        .Select(cell => $"{cell.Id} with vcpus {cell.Vcpus?.ToString() ?? "none"} on {(cell.Cells is { } cells ? $"cell {cells}" : "any cell")}").DefaultIfEmpty("none"));

    // A thread without a pin of its own runs on the set that all inherit.
    private static string Text(JsonNode? cpus, GuestPins pins) => cpus?.ToString() ?? pins.Cpus?.ToString() ?? "all";

    private static string Iothread(GuestPins pins, int id) => pins.Iothreads.FirstOrDefault(thread => thread.Id == id) is { } thread
        ? thread.Cpus?.ToString() ?? pins.Cpus?.ToString() ?? "all"
        : "none";

    private static string Value(JsonNode? value) => value switch
    {
        null => "none",
        JsonObject members => string.Join(':', members.Select(member => member.Value?.ToString() ?? "none")),
        JsonArray { Count: 0 } => "none",
        JsonArray items => items.ToJsonString(),
        _ => value.ToString(),
    };
}
