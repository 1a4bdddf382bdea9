using System.Runtime.CompilerServices;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Replay;

/// <summary>
/// What a verdict rests on, and nothing else of its question: whatever has the same grounds has the same verdict and says so in the same
/// words but for free memory, only the events that prove it may be others. Facts are compared as the very same objects, since a replay makes each of them once.
/// </summary>
internal sealed class Grounds : IEquatable<Grounds>
{
    private readonly object?[] _facts;
    private readonly IReadOnlyList<long> _bound;
    private readonly (Situation? Situation, bool Holds, bool IsOvertaken, string? Stale, string Host, string? Architecture, string Elsewhere) _words;

    private Grounds(object?[] facts, IReadOnlyList<long> bound, (Situation?, bool, bool, string?, string, string?, string) words) =>
        (_facts, _bound, _words) = (facts, bound, words);

    /// <summary>The grounds of a question; free memory is not one of them, nor are devices where the guest has none.</summary>
    public static Grounds Of(FitQuestion question, KnownTopologies topologies)
    {
        var rivals = Rivals.Of(question);
        HostTopology? Machine(HostTopology? topology) =>
            topology is null || question.Guest.HostDevices.Count > 0 ? topology : topologies.Bare(topology);
        return new Grounds(
            [
                question.Guest, question.OtherLayer, question.Undone?.Pins, Machine(question.Undone?.Topology), Machine(question.Host.Topology), Machine(question.Context?.Topology), question.Host.Settings,
                question.Evidence.SettledKiB, .. rivals.Met,
            ],
            rivals.Bound,
            (question.Situation, question.HoldsMemoryThere, question.Undone?.IsOvertaken == true, question.Evidence.Stale, question.Host.Name, question.Host.Architecture,
                string.Join('\n', question.DefinedElsewhere)));
    }

    public bool Equals(Grounds? other) =>
        other is not null && _words == other._words && _bound.SequenceEqual(other._bound) && _facts.SequenceEqual(other._facts, ReferenceEqualityComparer.Instance);

    public override bool Equals(object? obj) => Equals(obj as Grounds);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var fact in _facts)
        {
            hash.Add(fact is null ? 0 : RuntimeHelpers.GetHashCode(fact));
        }

        hash.Add(_words.Stale);
        return hash.ToHashCode();
    }
}
