using NumaHistory.Recorder.Journal;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Recorder.Demo;

/// <summary>
/// Writes the demo's week into a store through the journals that everything else is written through. Replaying it again with the same
/// beginning adds nothing.
/// </summary>
internal sealed class DemoReplay(OpenStore store, DateTimeOffset begin)
{
    private readonly SortedDictionary<string, DemoHost> _hosts = new(StringComparer.Ordinal)
    {
        [DemoHosts.A.Name] = new DemoHost(1),
        [DemoHosts.B.Name] = new DemoHost(2),
        [DemoHosts.C.Name] = new DemoHost(3),
    };

    private readonly Dictionary<string, string> _keys = [];

    /// <summary>Replays the whole week.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var steps = new Queue<DemoStep>(DemoWeek.Steps);
        for (var after = TimeSpan.Zero; after <= DemoWeek.Length; after += DemoHost.Interval)
        {
            while (steps.TryPeek(out var step) && step.After <= after)
            {
                await StepAsync(steps.Dequeue(), cancel);
            }

            foreach (var (name, host) in _hosts.Where(one => IsSampled(one.Key, after)))
            {
                await SealAsync(name, host.Sample(after, begin + after), cancel);
            }
        }

        foreach (var (name, host) in _hosts)
        {
            await SealAsync(name, host.Seal(), cancel);
        }
    }

    private static bool IsSampled(string host, TimeSpan after) =>
        host != DemoWeek.GapHost || after <= DemoWeek.GapFrom || after >= DemoWeek.GapTo;

    private async Task StepAsync(DemoStep step, CancellationToken cancel)
    {
        var at = begin + step.After;
        switch (step)
        {
            case DemoStep.Look look:
                var host = _hosts[look.Machine.Name];
                await SealAsync(look.Machine.Name, host.Seal(), cancel);
                _keys[look.Machine.Name] = (await store.Facts.RecordAsync(host.Becomes(look, at, begin), cancel)).Host;
                break;
            case DemoStep.Late late:
                await store.Facts.RecordFactsAsync(_hosts[late.Machine.Name].Was(late.Machine, begin + late.Seen), cancel);
                break;
            case DemoStep.Decide decide:
                // The memory that a decision remembers is that of sealed samples; and blocks end where they ended the first time.
                await SealAsync(decide.Host, _hosts[decide.Host].Seal(), cancel);
                await DecideAsync(decide, at, cancel);
                break;
            case DemoStep.Release release:
                await store.Decisions.ReleaseAsync(release.Guest.Uuid, release.By, release.Why, at, cancel);
                break;
            case DemoStep.Move move:
                await store.Decisions.MoveAsync(move.Guest.Uuid, move.To, move.By, move.Why, at, cancel);
                break;
            case DemoStep.Gap gap:
                await store.Facts.RecordGapAsync(
                    new SamplingGap(_keys[gap.Host], DemoHost.Source, begin + gap.From, at, "stopped", at), cancel);
                break;
        }
    }

    // What is known of that moment may be more by now: deciding again would remember other circumstances.
    private async Task DecideAsync(DemoStep.Decide decide, DateTimeOffset at, CancellationToken cancel)
    {
        if (!await IsDecidedAsync(decide, at, cancel))
        {
            await store.Decisions.DecideAsync(
                new DecisionRequest(
                    decide.Guest.Name, decide.Guest.Uuid, decide.Host, decide.Guest.Decided(), decide.By, decide.Why, "declared", decide.Forced, [], at),
                cancel);
        }
    }

    private async Task<bool> IsDecidedAsync(DemoStep.Decide decide, DateTimeOffset at, CancellationToken cancel)
    {
        await using var command = store.Source.CreateCommand(
            "select exists (select from numa.guest_fact where guest = $1 and type = 'pinning.decided' and observed_at = $2)");
        command.Parameters.Add(new() { Value = Guid.Parse(decide.Guest.Uuid) });
        command.Parameters.Add(new() { Value = at });
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private Task SealAsync(string name, MemoryBlock? block, CancellationToken cancel) =>
        block is null ? Task.CompletedTask : store.Memory.SealAsync(_keys[name], DemoHost.Source, block, cancel);
}
