using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Events;

namespace NumaHistory.Recorder.Projections;

/// <summary>Keeps schema numa in step with the events, in their own transaction. What a row says is decided by <see cref="ReadModelRows"/>.</summary>
internal sealed class ReadModelProjection : IProjection
{
    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        foreach (var e in events)
        {
            if (e.Data is MemoryBlockRecorded block)
            {
                operations.QueueSqlCommand("select numa.apply_block(?::jsonb)", ReadModelRows.Block(e.Id, block));
            }
            else if (e.Data is IGuestFact guest)
            {
                operations.QueueSqlCommand("select numa.apply_guest_fact(?::jsonb)", GuestRows.Fact(e.Id, guest));
            }
            else if (e.Data is IHostFact fact)
            {
                operations.QueueSqlCommand("select numa.apply_fact(?::jsonb)", ReadModelRows.Fact(e.Id, fact));
            }
        }

        foreach (var facts in events.Select(e => e.Data).OfType<IHostFact>().Where(fact => fact is not (MemoryBlockRecorded or IGuestFact)).GroupBy(fact => fact.Host))
        {
            var known = await HostStates.LoadAsync(operations.Connection, facts.Key, cancellation);
            var state = facts.Aggregate(known, (state, fact) => state.After(fact));
            var times = facts.Select(fact => fact.ObservedAt).ToList();
            operations.QueueSqlCommand("select numa.apply_host(?::jsonb)", ReadModelRows.Host(state, times.Min(), times.Max()));
        }

        var hosts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var guest in events.Where(e => e.Data is IGuestFact).GroupBy(e => ((IGuestFact)e.Data).Guest))
        {
            var known = await GuestFacts.LoadAsync(operations.Connection!, guest.Key, cancellation);
            var facts = known.Concat(guest.Select(e => (Event: e.Id, Fact: (IGuestFact)e.Data))).DistinctBy(one => one.Event).ToList();
            operations.QueueSqlCommand("select numa.apply_guest(?::jsonb)", GuestRows.Guest(guest.Key, facts));
            hosts.UnionWith(facts.Select(one => one.Fact.Host));
        }

        foreach (var host in hosts)
        {
            operations.QueueSqlCommand("select numa.refresh_cells(?)", host);
        }
    }
}
