using Quartz;

namespace NumaHistory.Recorder.Sampling;

/// <summary>One firing of the grid: read, detect, hand over. Never two at once.</summary>
[DisallowConcurrentExecution]
internal sealed class SamplingJob(ISampler sampler) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await sampler.TickAsync(cancellationToken);
}
