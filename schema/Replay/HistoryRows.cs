using System.Data.Common;
using System.Text;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Replay;

/// <summary>The rows of the question of a replay (HistorySql) in their order, as facts: what came before is not read again.</summary>
public sealed class HistoryRows
{
    private readonly Dictionary<string, HostStructure> _structures = [];
    private readonly Dictionary<string, HostCapacity> _capacities = [];

    /// <summary>Reads the row that the reader is at.</summary>
    public HistoryFact Read(DbDataReader row) => new(row.GetGuid(0), row.IsDBNull(2) ? Again(row) : First(row));

    private IHostFact First(DbDataReader row)
    {
        var fact = EventJson.Read(row.GetString(1), Encoding.UTF8.GetBytes(row.GetString(2)));
        switch (fact)
        {
            case TopologyObserved seen:
                _structures[seen.Fingerprint.Hex] = seen.Structure;
                break;
            case CapacityObserved seen:
                _capacities[seen.Fingerprint.Hex] = seen.Capacity;
                break;
        }

        return fact;
    }

    private IHostFact Again(DbDataReader row)
    {
        var (host, source, at) = (row.GetString(3), row.GetString(4), new DateTimeOffset(row.GetDateTime(5), TimeSpan.Zero));
        var fingerprint = Fingerprint.FromBytes(row.GetFieldValue<byte[]>(6));
        return row.GetString(1) == EventNames.ByType[typeof(TopologyObserved)]
            ? new TopologyObserved(host, source, fingerprint, _structures[fingerprint.Hex], at)
            : new CapacityObserved(host, source, fingerprint, _capacities[fingerprint.Hex], at);
    }
}
