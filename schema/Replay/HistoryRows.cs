using System.Data.Common;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Replay;

/// <summary>
/// The rows of the question of a replay (HistorySql), as facts by observed time. They are read some hundreds at once while the next are on their
/// way; a structure or capacity that comes again is the object that came first.
/// </summary>
public sealed class HistoryRows
{
    private const int AtOnce = 256;

    private readonly List<Row> _rows = [];
    private readonly List<Task<IHostFact?[]>> _facts = [];
    private int _handed;

    /// <summary>Takes the row that the reader is at.</summary>
    public void Add(DbDataReader row)
    {
        var again = row.IsDBNull(2)
            ? new Repeated(row.GetString(3), row.GetString(4), new DateTimeOffset(row.GetDateTime(5), TimeSpan.Zero), Fingerprint.FromBytes(row.GetFieldValue<byte[]>(6)))
            : null;
        _rows.Add(new Row(row.GetGuid(0), row.GetString(1), row.GetInt64(7), again is null ? row.GetFieldValue<byte[]>(2) : null, again));
        if (_rows.Count - _handed == AtOnce)
        {
            Hand();
        }
    }

    /// <summary>All facts; throws what reading one of them threw.</summary>
    public IReadOnlyList<HistoryFact> Facts()
    {
        Hand();
        var (structures, capacities) = (new Dictionary<Fingerprint, HostStructure>(), new Dictionary<Fingerprint, HostCapacity>());
        List<IHostFact?> read = [.. _facts.SelectMany(some => some.GetAwaiter().GetResult())];
        foreach (var fact in read)
        {
            switch (fact)
            {
                case TopologyObserved seen:
                    structures[seen.Fingerprint] = seen.Structure;
                    break;
                case CapacityObserved seen:
                    capacities[seen.Fingerprint] = seen.Capacity;
                    break;
            }
        }

        var facts = _rows.Zip(read, (row, fact) => (row.Position, Fact: new HistoryFact(row.Id, fact ?? Again(row, structures, capacities)))).ToList();
        facts.Sort((left, right) => left.Fact.Fact.ObservedAt.CompareTo(right.Fact.Fact.ObservedAt) is not 0 and var byTime ? byTime : left.Position.CompareTo(right.Position));
        return facts.ConvertAll(one => one.Fact);
    }

    private void Hand()
    {
        var some = _rows[_handed..];
        _handed = _rows.Count;
        _facts.Add(Task.Run(() => some.ConvertAll(row => row.Data is { } data ? EventJson.Read(row.Type, data) : null).ToArray()));
    }

    private static IHostFact Again(Row row, Dictionary<Fingerprint, HostStructure> structures, Dictionary<Fingerprint, HostCapacity> capacities)
    {
        var (host, source, at, fingerprint) = row.Again!;
        return row.Type == EventNames.ByType[typeof(TopologyObserved)]
            ? new TopologyObserved(host, source, fingerprint, structures[fingerprint], at)
            : new CapacityObserved(host, source, fingerprint, capacities[fingerprint], at);
    }

    private sealed record Row(Guid Id, string Type, long Position, byte[]? Data, Repeated? Again);

    private sealed record Repeated(string Host, string Source, DateTimeOffset At, Fingerprint Fingerprint);
}
