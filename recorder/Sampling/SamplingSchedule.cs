using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Quartz;
using Quartz.Extensibility;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// Fires the sampler on a grid of wall-clock time that does not drift (10 s means :00, :10, :20). The schedule lives in memory:
/// a sampler must not stop because the store is away. After a stall one late firing comes, then the grid again.
/// </summary>
internal static class SamplingSchedule
{
    public static async Task<IScheduler> StartAsync(
        HostSampler sampler,
        SamplerOptions options,
        TimeProvider clock,
        CancellationToken cancel)
    {
        var scheduler = await QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.UseInMemoryStore(store => store.MisfireThreshold = options.Interval / 2);
            quartz.UseTimeProvider(clock);
            quartz.UseDefaultThreadPool(1);
            quartz.UseJobFactory(new OneJob(new SamplingJob(sampler)));
        }).BuildScheduler(cancel);
        var trigger = TriggerBuilder.Create()
            .StartAt(NextOnGrid(clock.GetUtcNow(), options.Interval))
            .WithSimpleSchedule(schedule => schedule
                .WithInterval(options.Interval)
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithExistingCount))
            .Build();
        await scheduler.ScheduleJob(JobBuilder.Create<SamplingJob>().Build(), trigger, cancellationToken: cancel);
        await scheduler.Start(cancel);
        return scheduler;
    }

    public static DateTimeOffset NextOnGrid(DateTimeOffset now, TimeSpan interval) =>
        new(((now.UtcTicks / interval.Ticks) + 1) * interval.Ticks, TimeSpan.Zero);

    private sealed class OneJob(SamplingJob job) : IJobFactory
    {
        public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new JobScope(job));

        public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
