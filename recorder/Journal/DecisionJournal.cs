using Marten;
using Npgsql;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Journal;

/// <summary>
/// Records what people decide about guests. Every decision holds the lock of its host while it is checked against the others, so
/// that of two for one exclusive CPU one wins and the other is told.
/// </summary>
internal sealed class DecisionJournal(NpgsqlDataSource source, DocumentStore store, RecordedBy by)
{
    private readonly EventAppender _appender = new(store, by);

    /// <summary>Decides a pinning, or says everything that speaks against it.</summary>
    public Task<Decided> DecideAsync(DecisionRequest request, CancellationToken cancel) => InTransactionAsync(async transaction =>
    {
        var host = await HostAsync(transaction, request.Host, cancel);
        await HostLock.TakeAsync(transaction, host, cancel);
        var state = await HostsAsOf.LoadAsync(transaction.Connection!, host, request.At, cancel);
        var known = request.Uuid is null ? await GuestResolver.FindAsync(transaction, request.Guest, host, cancel) : null;
        if (known is null && request.Guest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash && request.Guest[..slash] is var on && on != request.Host && on != host)
        {
            throw new Refusal(ExitCode.Unknown, $"no guest '{request.Guest}' is recorded, and {on} is not {request.Host}", "numa-history guests, or name it without a host");
        }

        var name = known?.Name ?? request.Pins.Guest;
        var owner = request.Uuid is { } uuid ? await GuestResolver.FindAsync(transaction, uuid, host, cancel) : null;
        var guest = known?.Id ?? GuestKey.For(host, name, request.Uuid);
        var reasons = (owner is not null && owner.Name != name ? [$"{request.Uuid} is the UUID of {owner.Name}"] : Array.Empty<string>())
            .Concat(DecisionCheck.Against(request.Pins, request.Host, state))
            .Concat(await DecisionConflicts.FindAsync(transaction, host, guest, request, state.Topology, cancel))
            .Concat(await StaleProposal.FindAsync(transaction, host, guest, request, cancel))
            .ToList();
        if (reasons.Count > 0 && !request.Force)
        {
            return new Decided(null, reasons);
        }

        var cpus = DecisionCheck.Cpus(request.Pins);
        var memory = await MemoryAsOf.LoadAsync(transaction.Connection!, host, request.At, cancel);
        var context = state.Topology is { } topology ? PinningContext.Of(cpus, topology, memory) : new PinningContext(null, null, memory, []);
        var before = await StateAsync(transaction, guest, request.At, cancel);
        var pins = request.Pins with { Guest = name, Uuid = request.Uuid ?? Uuid(before) };
        var fact = new PinningDecided(host, guest, name, pins, context, request.By, request.Why, request.Origin, reasons, request.Rejected, request.At);
        if (AtOnce(before, fact) is { } refused)
        {
            return refused;
        }

        var decided = await AppendAsync(transaction, fact, reasons, cancel);
        var verdict = await DecisionVerdict.LoadAsync(transaction, host, guest, request.At, cancel);
        return decided with
        {
            Notes =
            [
                .. before.Hosts.Count == 0 && before.DecidedOn is { } old && old != host
                    ? [$"it is {name} of another host, where nothing is held for it any more; --guest {request.Host}/{name} names a guest of its own"]
                    : Array.Empty<string>(),
                .. Broken(verdict.Starting(pins, guest)),
            ],
        };
    }, cancel);

    /// <summary>Ends the decided pinning of a guest.</summary>
    public Task<Decided> ReleaseAsync(string guest, string who, string why, DateTimeOffset at, CancellationToken cancel) =>
        EndAsync(guest, onlyPlan: false, who, why, at, cancel);

    /// <summary>Takes back the newest decision about a guest, if it is not carried out; what was decided before holds on.</summary>
    public Task<Decided> WithdrawAsync(string guest, string who, string why, DateTimeOffset at, CancellationToken cancel) =>
        EndAsync(guest, onlyPlan: true, who, why, at, cancel);

    private Task<Decided> EndAsync(string guest, bool onlyPlan, string who, string why, DateTimeOffset at, CancellationToken cancel) =>
        InTransactionAsync(async transaction =>
        {
            var known = await GuestResolver.RequireAsync(transaction, guest, cancel);
            var state = await StateAsync(transaction, known.Id, at, cancel);
            if (state.Decided is not { } decided)
            {
                return new Decided(null, [$"{known.Name} has no decided pinning to release at {TimeText.Utc(at)}"]);
            }

            await HostLock.TakeAsync(transaction, decided.Host, cancel);
            if (onlyPlan && state.Promise is null)
            {
                return new Decided(null, [$"{known.Name} has no plan at {TimeText.Utc(at)} beside what is so already; release without --plan ends what was decided"]);
            }

            IGuestFact fact = onlyPlan ? new PlanWithdrawn(decided.Host, known.Id, known.Name, who, why, at) : new PinningReleased(state.Host ?? decided.Host, known.Id, known.Name, who, why, at);
            return AtOnce(state, fact) ?? await AppendAsync(transaction, fact, [], cancel);
        }, cancel);

    /// <summary>Records that a guest moves to another host, its pins as they are.</summary>
    public Task<Decided> MoveAsync(string guest, string to, string who, string why, DateTimeOffset at, CancellationToken cancel) =>
        InTransactionAsync(async transaction =>
        {
            var target = await HostAsync(transaction, to, cancel);
            var known = await GuestResolver.RequireAsync(transaction, guest, cancel);
            await HostLock.TakeAsync(transaction, target, cancel);
            var before = await StateAsync(transaction, known.Id, at.AddMilliseconds(-1), cancel);
            if (before.Host == target)
            {
                return new Decided(null, [$"{known.Name} is on {to} already at {TimeText.Utc(at)}"]);
            }

            var moved = await AppendAsync(
                transaction, new MoveDeclared(target, known.Id, known.Name, before.Host, who, why, at), [], cancel);
            var verdict = await DecisionVerdict.LoadAsync(transaction, target, known.Id, at, cancel);
            return moved with { Notes = Broken(verdict.Of(known.Id)) };
        }, cancel);

    private static string? Uuid(GuestState guest) =>
        guest.Decided?.Pins.Uuid ?? guest.Hosts.Values.Select(on => on.Seen?.Uuid).FirstOrDefault(uuid => uuid is not null);

    // Which of two decisions of one instant holds, nobody could tell by their order.
    private static Decided? AtOnce(GuestState before, IGuestFact fact)
    {
        var (known, at) = (before.Decision, TimeText.Utc(fact.ObservedAt));
        return known?.ObservedAt != fact.ObservedAt || IsSame(known, fact) ? null
            : new Decided(null, [$"{fact.Name} was {(known is PinningReleased ? "released" : "decided")} at that very moment, {at}, already: name a later --at"]) { IsForceable = false };
    }

    private static bool IsSame(IGuestFact known, IGuestFact fact) => known is PinningDecided was && fact is PinningDecided now
        ? EventJson.Write(was with { Context = now.Context }).AsSpan().SequenceEqual(EventJson.Write(now))
        : EventJson.Write(known).AsSpan().SequenceEqual(EventJson.Write(fact));

    private static IReadOnlyList<string> Broken(IEnumerable<Finding> findings) =>
        [.. findings.Where(finding => finding.Verdict == Verdict.Broken).Select(finding => $"it is BROKEN: {finding.Text}").Distinct()];

    private static async Task<GuestState> StateAsync(NpgsqlTransaction transaction, Guid guest, DateTimeOffset at, CancellationToken cancel)
    {
        var facts = await GuestFacts.LoadAsync(transaction.Connection!, guest, cancel);
        return facts.Where(one => one.Fact.ObservedAt <= at).Aggregate(new GuestState(guest), (state, one) => state.After(one.Fact));
    }

    private async Task<Decided> AppendAsync(
        NpgsqlTransaction transaction, IGuestFact fact, IReadOnlyList<string> reasons, CancellationToken cancel)
    {
        await _appender.AppendAsync(transaction, GuestKey.StreamOf(fact), [fact], cancel);
        return new Decided(fact, reasons);
    }

    private static async Task<string> HostAsync(NpgsqlTransaction transaction, string named, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select host_key from numa.host where name = $1 or host_key = $1 order by last_seen desc", transaction.Connection, transaction)
        {
            Parameters = { new() { Value = named } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var keys = new List<string>();
        while (await rows.ReadAsync(cancel))
        {
            keys.Add(rows.GetString(0));
        }

        return keys switch
        {
            [var key] => key,
            [] => throw new Refusal(ExitCode.Unknown, $"no host '{named}' is recorded", "numa-history hosts"),
            _ => throw new Refusal(ExitCode.Usage, $"'{named}' means several hosts: {string.Join(", ", keys)}", "name one of them by its key"),
        };
    }

    private Task<Decided> InTransactionAsync(Func<NpgsqlTransaction, Task<Decided>> work, CancellationToken cancel) => Retry.RunAsync(
        async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var result = await work(transaction);
            await transaction.CommitAsync(cancel);
            return result;
        },
        cancel);
}
