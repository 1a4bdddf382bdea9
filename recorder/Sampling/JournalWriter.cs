using Microsoft.Extensions.Logging;
using NumaHistory.Recorder.Journal;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// Brings what waits in the outbox to the store, in order, and keeps the open block. While the store is away it tries again
/// with growing pauses and takes nothing more out; everything it writes may be written twice without harm.
/// </summary>
internal sealed class JournalWriter(
    Outbox outbox,
    FactJournal facts,
    MemoryJournal memory,
    string source,
    SamplerOptions options,
    TimeProvider clock,
    ILogger log)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private readonly BlockBuilder _open = new(options);
    private MemoryBlock? _complete;
    private DateTimeOffset? _lastSample;
    private bool _dropped;
    private bool _restarted = true;
    private bool _tailIsOld;
    private string? _host;

    /// <summary>The host's key, once its first look has been recorded.</summary>
    public string? HostKey => _host;

    /// <summary>Whether everything of the first look is in the store.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether the last attempt to write failed because the store did not answer.</summary>
    public bool IsStoreAway { get; private set; }

    /// <summary>Writes until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var pause = TimeSpan.Zero;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(pause, cancel);
                var waited = outbox.Count;
                await DrainAsync(cancel);
                if (pause > TimeSpan.Zero)
                {
                    log.StoreBack(waited);
                    pause = TimeSpan.Zero;
                    IsStoreAway = false;
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Say(error);
                pause = Longer(pause);
            }
        }
    }

    private Task WaitAsync(TimeSpan pause, CancellationToken cancel) =>
        pause > TimeSpan.Zero ? Task.Delay(pause, clock, cancel) : outbox.WaitAsync(cancel);

    /// <summary>Writes what still waits and seals the open block: the last thing a recorder does.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        await DrainAsync(cancel);
        await SealAsync(_open.Seal(), cancel);
    }

    private static TimeSpan Longer(TimeSpan pause) =>
        pause == TimeSpan.Zero ? TimeSpan.FromMilliseconds(500) : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));

    // Whatever goes wrong, sampling goes on and nothing is thrown away: a store that is away is news once, a refusal each time.
    private void Say(Exception error)
    {
        if (!StoreTrouble.IsAway(error))
        {
            log.StoreRefuses(error.Message);
        }
        else if (!IsStoreAway)
        {
            log.StoreAway(error.Message);
        }

        IsStoreAway = true;
    }

    private async Task DrainAsync(CancellationToken cancel)
    {
        await SealAsync(_complete, cancel);
        while (outbox.Take() is { } seen)
        {
            try
            {
                await WriteAsync(seen, cancel);
            }
            catch
            {
                outbox.Return(seen);
                throw;
            }

            await SealAsync(_complete, cancel);
        }

        await WriteTailAsync(cancel);
        HasBegun |= _host is not null;
    }

    private async Task WriteAsync(Waiting seen, CancellationToken cancel)
    {
        switch (seen)
        {
            case Waiting.Look look:
                await SealAsync(_open.Seal(), cancel);
                await LookedAsync(look.Observation, cancel);
                break;
            case Waiting.Guests guests:
                await facts.RecordGuestsAsync(guests.Observation, cancel);
                break;
            case Waiting.Sample sample:
                await AddAsync(sample, cancel);
                break;
            case Waiting.Migrating step:
                var guest = GuestKey.For(Host, step.Guest, step.Uuid);
                await facts.RecordMigrationAsync(new GuestMigrating(Host, source, guest, step.Guest, step.Phase, step.At), cancel);
                break;
            case Waiting.Failure failure:
                await facts.RecordFailureAsync(new SourceFailed(Host, source, failure.Reason, failure.At), cancel);
                break;
            case Waiting.Gap gap:
                await GapAsync(gap.From, gap.To, gap.Reason, cancel);
                break;
            case Waiting.Dropped dropped:
                _dropped = true;
                _lastSample ??= dropped.First;
                break;
        }
    }

    private async Task LookedAsync(Observation seen, CancellationToken cancel)
    {
        var first = _host is null;
        _host = (await facts.RecordFactsAsync(seen, cancel)).Host;
        if (first)
        {
            await memory.SealLeftoverAsync(_host, source, cancel);
            _lastSample = await memory.LastSampleAsync(_host, source, cancel);
        }
    }

    // The block keeps what it was given even when this throws: the sample then comes back as one it already has.
    private async Task AddAsync(Waiting.Sample sample, CancellationToken cancel)
    {
        var missing = _dropped ? "dropped" : _restarted ? "stopped" : null;
        if (missing is not null && _lastSample is { } last && sample.Memory.At - last > 1.5 * options.Interval)
        {
            await GapAsync(last, sample.Memory.At, missing, cancel);
        }

        (_dropped, _restarted) = (false, false);

        _complete = _open.Add(sample.Memory, sample.Context);
        _lastSample = sample.Memory.At;
        _tailIsOld = true;
    }

    private async Task WriteTailAsync(CancellationToken cancel)
    {
        if (!_tailIsOld || _open.Open() is not { } block)
        {
            return;
        }

        await memory.WriteTailAsync(Host, source, block, cancel);
        _tailIsOld = false;
    }

    private async Task SealAsync(MemoryBlock? block, CancellationToken cancel)
    {
        if (block is null)
        {
            return;
        }

        _complete = block;
        await memory.SealAsync(Host, source, block, cancel);
        log.Sealed(block.Samples.Count, Host);
        _complete = null;
    }

    private Task GapAsync(DateTimeOffset from, DateTimeOffset to, string reason, CancellationToken cancel) =>
        facts.RecordGapAsync(new SamplingGap(Host, source, from, to, reason, to), cancel);

    private string Host => _host ?? throw new InvalidOperationException("the first thing written is a look");
}
