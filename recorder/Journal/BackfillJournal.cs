using Marten;
using Npgsql;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Formats.Backfill;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;

namespace NumaHistory.Recorder.Journal;

/// <summary>Records the past of hosts as it was found. Recording the same past again adds nothing, in one piece or in several.</summary>
internal sealed class BackfillJournal(NpgsqlDataSource source, DocumentStore store, RecordedBy by)
{
    private readonly EventAppender _appender = new(store, by with { Origin = Backfill.Origin });
    private readonly FactJournal _facts = new(source, store, by with { Origin = Backfill.Origin });
    private readonly MemoryJournal _memory = new(source, store, by with { Origin = Backfill.Origin });

    /// <summary>Records what was found of a host; one that nobody recorded yet gets its name from here.</summary>
    public async Task<Recorded> RecordAsync(Backlog found, CancellationToken cancel)
    {
        if (found.IsEmpty)
        {
            return new Recorded(found.Host, []);
        }

        var named = await _facts.RecordGuestsAsync(Named(found), cancel);
        var boots = found.Boots.Count > 0 ? await BootsAsync(named.Host, found, cancel) : [];
        var guests = await GuestsAsync(named.Host, found, cancel);
        var blocks = found.Samples.Count > 0 ? await MemoryAsync(named.Host, found.Samples, cancel) : [];
        return named with { Facts = [.. named.Facts, .. boots, .. guests, .. blocks] };
    }

    // Where there are samples already these are left out, be they observed or backfilled before.
    private async Task<IReadOnlyList<IHostFact>> MemoryAsync(string host, IReadOnlyList<MemorySample> samples, CancellationToken cancel)
    {
        var added = new List<IHostFact>();
        foreach (var block in HourBlocks.Of(await Covered.LeaveOutAsync(source, host, samples, cancel)))
        {
            await _memory.SealAsync(host, Backfill.Source, block, cancel);
            added.Add(new MemoryBlockRecorded(host, Backfill.Source, block.Samples[0].At, block.Samples[^1].At, default));
        }

        return added;
    }

    private Task<IReadOnlyList<IHostFact>> BootsAsync(string host, Backlog found, CancellationToken cancel) => LockedAsync(
        host,
        async transaction =>
        {
            var news = new List<IHostFact>();
            foreach (var boot in BackfilledFacts.Boots(host, await NameAsync(transaction, host, cancel), found))
            {
                var known = (await KnownFactsReader.LoadAsync(transaction, host, Backfill.Source, boot.ObservedAt, cancel))[Facet.Boot].Before;
                if (known?.ObservedAt != boot.ObservedAt || !Facets.Same(known, boot))
                {
                    news.Add(boot);
                }
            }

            return await _appender.AppendAsync(transaction, HostKey.HostStream(host), news, cancel);
        },
        cancel);

    private static async Task<string> NameAsync(NpgsqlTransaction transaction, string host, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select name from numa.host where host_key = $1", transaction.Connection, transaction)
        {
            Parameters = { new() { Value = host } },
        };
        return (string?)await command.ExecuteScalarAsync(cancel) ?? host;
    }

    private Task<IReadOnlyList<IHostFact>> GuestsAsync(string host, Backlog found, CancellationToken cancel) => LockedAsync(
        host,
        async transaction =>
        {
            var ids = await IdentifyAsync(transaction, host, found, cancel);
            var facts = BackfilledFacts.Of(host, found, pins => ids[pins.Uuid ?? pins.Guest]);
            var added = new List<IHostFact>();
            foreach (var guest in facts.GroupBy(fact => fact.Guest).OrderBy(guest => guest.Key))
            {
                var known = await GuestFacts.LoadAsync(transaction.Connection!, guest.Key, cancel);
                var news = await InContextAsync(transaction.Connection!, BackfilledFacts.News(known.Select(one => one.Fact), guest), cancel);
                foreach (var stream in news.GroupBy(GuestKey.StreamOf).OrderBy(stream => stream.Key, StringComparer.Ordinal))
                {
                    added.AddRange(await _appender.AppendAsync(transaction, stream.Key, [.. stream], cancel));
                }
            }

            return added;
        },
        cancel);

    private Task<IReadOnlyList<IHostFact>> LockedAsync(
        string host, Func<NpgsqlTransaction, Task<IReadOnlyList<IHostFact>>> work, CancellationToken cancel) => Retry.RunAsync(
        async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await HostLock.TakeAsync(transaction, host, cancel);
            var added = await work(transaction);
            await transaction.CommitAsync(cancel);
            return added;
        },
        cancel);

    // A definition without a UUID is of the guest that goes by that name on the host, if there is one.
    private static async Task<IReadOnlyDictionary<string, Guid>> IdentifyAsync(
        NpgsqlTransaction transaction, string host, Backlog found, CancellationToken cancel)
    {
        var ids = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var pins in found.Runs.Select(run => run.Pins).Concat(found.Decisions.Select(decision => decision.Pins)).DistinctBy(pins => pins.Uuid ?? pins.Guest))
        {
            var known = pins.Uuid is null ? await GuestResolver.FindAsync(transaction, $"{host}/{pins.Guest}", host, cancel) : null;
            ids[pins.Uuid ?? pins.Guest] = known?.Id ?? GuestKey.For(host, pins);
        }

        return ids;
    }

    // The circumstances as far as the store knows them at that moment.
    private static async Task<IReadOnlyList<IGuestFact>> InContextAsync(
        NpgsqlConnection connection, IReadOnlyList<IGuestFact> facts, CancellationToken cancel)
    {
        var placed = new List<IGuestFact>(facts.Count);
        foreach (var fact in facts)
        {
            if (fact is PinningDecided decided
                && (await HostsAsOf.LoadAsync(connection, decided.Host, decided.ObservedAt, cancel)).Topology is { } topology)
            {
                var memory = await MemoryAsOf.LoadAsync(connection, decided.Host, decided.ObservedAt, cancel);
                placed.Add(decided with { Context = PinningContext.Of(DecisionCheck.Cpus(decided.Pins), topology, memory) });
            }
            else
            {
                placed.Add(fact);
            }
        }

        return placed;
    }

    // A first boot gives the host what it tells of it, so that nothing but the name is known twice at that moment.
    private static Observation Named(Backlog found)
    {
        var boot = found.Boots.MinBy(boot => boot.At);
        var first = found.Runs.Select(run => run.StartedAt)
            .Concat(found.Decisions.Select(decision => decision.At))
            .Concat(found.Boots.Select(boot => boot.At))
            .Concat(found.Samples.Select(sample => sample.At))
            .Min();
        return new Observation(
            null, found.Host, boot?.MachineId, null, new DateTimeOffset(first.UtcTicks - (first.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero),
            Backfill.Source, boot?.BootId, null, null, boot?.Settings, null, null, [])
        {
            BootedAt = boot is null ? null : new DateTimeOffset(boot.BootedAt.UtcTicks - (boot.BootedAt.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero),
            Guests = [],
        };
    }
}
