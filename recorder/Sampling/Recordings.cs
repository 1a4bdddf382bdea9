using Microsoft.Extensions.Logging;
using NumaHistory.Recorder.Sources;
using NumaHistory.Recorder.Sources.Libvirt;
using NumaHistory.Recorder.Sources.Processes;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Files;
using Quartz;

namespace NumaHistory.Recorder.Sampling;

/// <summary>A recorder at work: this machine, hosts over libvirt, and one grid that fires all of their samplers.</summary>
internal sealed class Recordings : IAsyncDisposable
{
    private readonly List<HypervisorRecording> _hypervisors = [];
    private KeptMemory? _memory;
    private Recording? _machine;
    private IScheduler? _grid;

    /// <summary>The keys of the hosts in the store of which a look has been recorded, this machine first.</summary>
    public IReadOnlyList<string> HostKeys =>
        [.. new[] { _machine?.HostKey }.Concat(_hypervisors.Select(one => one.HostKey)).OfType<string>().Distinct()];

    /// <summary>Whether every source that answered at first has its first look in the store.</summary>
    public bool HasBegun => _machine is not { HasBegun: false } && _hypervisors.TrueForAll(one => one.HasBegun);

    /// <summary>Whether everything that is sampled reaches the store, and anything is.</summary>
    public bool IsReady => _machine is not { IsReady: false } && _hypervisors.TrueForAll(one => one.IsReady);

    /// <summary>
    /// Takes the first looks at once, then one at every point of the grid. A source that cannot be used is refused where it is the only
    /// one; beside others it is waited for.
    /// </summary>
    public static async Task<Recordings> StartAsync(
        RecordedSources sources, OpenStore store, SamplerOptions options, TimeProvider clock, ILogger log, CancellationToken cancel)
    {
        var all = new Recordings();
        try
        {
            await all.StartAllAsync(sources, store, options, clock, log, cancel);
            return all;
        }
        catch
        {
            await all.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_grid is not null)
        {
            await _grid.Shutdown(waitForJobsToComplete: true);
        }

        await Task.WhenAll(_hypervisors.Select(one => one.DisposeAsync().AsTask()));
        if (_machine is not null)
        {
            await _machine.DisposeAsync();
        }

        _memory?.Close();
    }

    private async Task StartAllAsync(
        RecordedSources sources, OpenStore store, SamplerOptions options, TimeProvider clock, ILogger log, CancellationToken cancel)
    {
        var local = sources.Root is null ? null : await StartMachineAsync(sources, store, options, clock, log, cancel);
        foreach (var uri in sources.Connections)
        {
            var sameHost = LibvirtUri.IsThisMachine(uri) ? local : null;
            _hypervisors.Add(new HypervisorRecording(uri, local is null ? sources.Host : null, sameHost, store, options, clock, log));
        }

        var failures = await Task.WhenAll(_hypervisors.Select(one => one.StartAsync(cancel)));
        if (local is null && Array.TrueForAll(failures, failure => failure is not null))
        {
            throw new SourceUnusableException(string.Join("; ", failures.Select(failure => failure!.Message)), failures[0]!.Hint);
        }

        ISampler[] samplers = [.. local is null ? [] : new ISampler[] { local }, .. _hypervisors.Select(one => one.Sampler)];
        _grid = await SamplingSchedule.StartAsync(samplers, options, clock, cancel);
        _hypervisors.ForEach(one => one.Watch());
    }

    private async Task<HostSampler> StartMachineAsync(
        RecordedSources sources, OpenStore store, SamplerOptions options, TimeProvider clock, ILogger log, CancellationToken cancel)
    {
        var files = new SysfsSource(sources.Root!, sources.Host, clock);
        ISource source = sources.WithProcesses ? new ProcessesSource(files, sources.Root!) : files;
        var outbox = new Outbox(options.SamplesWaiting, options.Tail);
        _memory = new KeptMemory(sources.Root!);
        var sampler = new HostSampler(source, _memory, outbox, options, clock, log);
        await sampler.StartAsync(cancel);
        _machine = await Recording.StartAsync(sampler, outbox, store, options, clock, log, cancel);
        return sampler;
    }
}
