using Marten;
using Npgsql;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Recorder.Journal;

/// <summary>
/// Records what was seen of hosts: resolves the host, asks the change detector what is new, and appends that with everything
/// that follows from it in one transaction. Recording the same observation again adds nothing.
/// </summary>
internal sealed class FactJournal(NpgsqlDataSource source, DocumentStore store, RecordedBy by)
{
    private readonly EventAppender _appender = new(store, by);

    /// <summary>Records a single look: its facts, and its memory as a block of one sample.</summary>
    public Task<Recorded> RecordAsync(Observation seen, CancellationToken cancel) => RecordAsync(seen, withMemory: true, cancel);

    /// <summary>Records the facts of a look whose memory the sampler records by itself.</summary>
    public Task<Recorded> RecordFactsAsync(Observation seen, CancellationToken cancel) => RecordAsync(seen, withMemory: false, cancel);

    /// <summary>Records that a source failed; nothing when that is known already.</summary>
    public Task RecordFailureAsync(SourceFailed failed, CancellationToken cancel) => InTransactionAsync(async transaction =>
    {
        await HostLock.TakeAsync(transaction, failed.Host, cancel);
        var known = await KnownFactsReader.LoadAsync(transaction, failed.Host, failed.Source, failed.ObservedAt, cancel);
        var facts = ChangeDetector.Failed(failed, known[Facet.Health]);
        return await _appender.AppendAsync(transaction, HostKey.HostStream(failed.Host), facts, cancel);
    }, cancel);

    /// <summary>Records a step of a migration.</summary>
    public Task RecordMigrationAsync(GuestMigrating step, CancellationToken cancel) => InTransactionAsync(async transaction =>
    {
        await HostLock.TakeAsync(transaction, step.Host, cancel);
        return await _appender.AppendAsync(transaction, GuestKey.StreamOf(step), [step], cancel);
    }, cancel);

    /// <summary>Records that samples are missing.</summary>
    public Task RecordGapAsync(SamplingGap gap, CancellationToken cancel) => InTransactionAsync(async transaction =>
    {
        await HostLock.TakeAsync(transaction, gap.Host, cancel);
        return await _appender.AppendAsync(transaction, HostKey.HostStream(gap.Host), [gap], cancel);
    }, cancel);

    private Task<Recorded> RecordAsync(Observation seen, bool withMemory, CancellationToken cancel) => InTransactionAsync(async transaction =>
    {
        var host = await HostAsync(transaction, seen, cancel);
        await HostLock.TakeAsync(transaction, host, cancel);
        var known = await KnownFactsReader.LoadAsync(transaction, host, seen.Source, seen.ObservedAt, cancel);
        var facts = await _appender.AppendAsync(
            transaction, HostKey.HostStream(host), ChangeDetector.Detect(host, seen, known), cancel);
        if (seen.Guests is { } guests)
        {
            facts = [.. facts, .. await GuestsAsync(transaction, host, seen, guests, cancel)];
        }

        await RawText.KeepAsync(transaction, seen, cancel);
        if (withMemory)
        {
            await _appender.AppendAsync(transaction, HostKey.MemoryStream(host, seen.ObservedAt), [Block(host, seen)], cancel);
        }

        return new Recorded(host, facts);
    }, cancel);

    /// <summary>Records guests of a host that are known from a document: nothing is said of the host itself.</summary>
    public Task<Recorded> RecordGuestsAsync(Observation seen, CancellationToken cancel) => InTransactionAsync(async transaction =>
    {
        var isKnown = await HostResolver.FindAsync(transaction, seen, cancel) is not null;
        var host = await HostAsync(transaction, seen, cancel);
        await HostLock.TakeAsync(transaction, host, cancel);
        // A host that nobody recorded yet gets its name from here.
        IReadOnlyList<IHostFact> named = isKnown
            ? []
            : await _appender.AppendAsync(transaction, HostKey.HostStream(host), ChangeDetector.Detect(host, seen, KnownFacts.None), cancel);
        return new Recorded(host, [.. named, .. await GuestsAsync(transaction, host, seen, seen.Guests ?? [], cancel)]);
    }, cancel);

    private async Task<IReadOnlyList<IHostFact>> GuestsAsync(
        NpgsqlTransaction transaction, string host, Observation seen, IReadOnlyList<GuestPins> guests, CancellationToken cancel)
    {
        var ids = guests.Select(guest => GuestKey.For(host, guest)).Distinct();
        var identified = await Identification.FindAsync(transaction.Connection!, host, seen.Source, guests, cancel);
        var added = new List<IHostFact>();
        foreach (var one in identified.GroupBy(fact => fact is GuestIdentified))
        {
            // That two are one is known before the second has what the first had.
            added.AddRange(await AppendAsync(transaction, [.. one], cancel));
        }

        var known = await GuestFacts.StatesAsync(transaction.Connection!, host, ids, seen.ObservedAt, cancel);
        var news = GuestDetector.Detect(host, seen.Source, seen.ObservedAt, guests, seen.IsEveryGuest, known, seen.UnreadGuests);
        return [.. added, .. await AppendAsync(transaction, news, cancel)];
    }

    private async Task<IReadOnlyList<IHostFact>> AppendAsync(NpgsqlTransaction transaction, IReadOnlyList<IGuestFact> facts, CancellationToken cancel)
    {
        var added = new List<IHostFact>();
        foreach (var stream in facts.GroupBy(GuestKey.StreamOf).OrderBy(stream => stream.Key, StringComparer.Ordinal))
        {
            added.AddRange(await _appender.AppendAsync(transaction, stream.Key, [.. stream], cancel));
        }

        return added;
    }

    // Two first looks at one machine must not make two hosts of it, nor two machines take the one host of their name: whoever
    // gives a host an identity looks again under a lock for all.
    private static async Task<string> HostAsync(NpgsqlTransaction transaction, Observation seen, CancellationToken cancel)
    {
        if (await HostResolver.FindAsync(transaction, seen, cancel) is { } known && !known.IsNewIdentity)
        {
            return known.Key;
        }

        await LockHostsAsync(transaction, cancel);
        return (await HostResolver.FindAsync(transaction, seen, cancel))?.Key ?? HostKey.For(seen);
    }

    private static MemoryBlockRecorded Block(string host, Observation seen)
    {
        var block = new MemoryBlock(
            seen.BootId,
            seen.Topology?.Fingerprint,
            seen.Topology?.CapacityFingerprint,
            null,
            null,
            [new MemorySample(seen.ObservedAt, seen.Memory?.Cells ?? [])]);
        return new MemoryBlockRecorded(host, seen.Source, seen.ObservedAt, seen.ObservedAt, BlockCodec.Encode(block));
    }

    private Task<T> InTransactionAsync<T>(Func<NpgsqlTransaction, Task<T>> work, CancellationToken cancel) => Retry.RunAsync(
        async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var result = await work(transaction);
            await transaction.CommitAsync(cancel);
            return result;
        },
        cancel);

    private static async Task LockHostsAsync(NpgsqlTransaction transaction, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select pg_advisory_xact_lock(hashtextextended('numahistory/hosts', 0))", transaction.Connection, transaction);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
