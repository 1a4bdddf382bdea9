using Microsoft.Extensions.Logging;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// What one source gives an outbox beside its looks: samples in a row with the holes between them, and the first failure of several.
/// </summary>
internal sealed class SourceRecord(string source, Outbox outbox, SamplerOptions options, ILogger log)
{
    private DateTimeOffset? _lastSample;

    /// <summary>Whether the source did not answer when it was last asked.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Begins the row: what passed until now is no stall.</summary>
    public void Begin() => _lastSample = null;

    public void Add(string host, MemorySample sample, BlockContext context)
    {
        if (_lastSample is { } last && sample.At - last > 1.5 * options.Interval)
        {
            outbox.Add(new Waiting.Gap(last, sample.At, "stall"));
            log.Gap(host, last, sample.At, "stall");
        }

        outbox.Add(new Waiting.Sample(sample, context));
        _lastSample = sample.At;
    }

    public void Fail(string host, DateTimeOffset at, string reason)
    {
        Begin();
        if (HasFailed)
        {
            return;
        }

        HasFailed = true;
        log.SourceFailed(source, host, reason);
        outbox.Add(new Waiting.Failure(at, reason));
    }

    public void Answered(string host)
    {
        if (HasFailed)
        {
            HasFailed = false;
            log.SourceRecovered(source, host);
        }
    }
}
