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
        IReadOnlyList<ISampler> samplers,
        SamplerOptions options,
        TimeProvider clock,
        CancellationToken cancel)
    {
        var scheduler = await QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.UseInMemoryStore(store => store.MisfireThreshold = options.Interval / 2);
            quartz.UseTimeProvider(clock);
            // A host that answers slowly must not hold up the others.
            quartz.UseDefaultThreadPool(samplers.Count);
            quartz.UseJobFactory(new JobOfSampler(samplers));
        }).BuildScheduler(cancel);
        for (var i = 0; i < samplers.Count; i++)
        {
            await scheduler.ScheduleJob(
                JobBuilder.Create<SamplingJob>().WithIdentity(JobOfSampler.Name(i)).Build(), Trigger(options, clock), cancellationToken: cancel);
        }

        await scheduler.Start(cancel);
        return scheduler;
    }

    private static ITrigger Trigger(SamplerOptions options, TimeProvider clock) => TriggerBuilder.Create()
        .StartAt(NextOnGrid(clock.GetUtcNow(), options.Interval))
        .WithSimpleSchedule(schedule => schedule
            .WithInterval(options.Interval)
            .RepeatForever()
            .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithExistingCount))
        .Build();

    public static DateTimeOffset NextOnGrid(DateTimeOffset now, TimeSpan interval) =>
        new(((now.UtcTicks / interval.Ticks) + 1) * interval.Ticks, TimeSpan.Zero);

    private sealed class JobOfSampler(IReadOnlyList<ISampler> samplers) : IJobFactory
    {
        private readonly Dictionary<string, JobScope> _jobs =
            Enumerable.Range(0, samplers.Count).ToDictionary(Name, i => new JobScope(new SamplingJob(samplers[i])));

        public static string Name(int sampler) => $"sampler {sampler}";

        public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken) =>
            ValueTask.FromResult(_jobs[bundle.JobDetail.Key.Name]);

        public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
