using System.Collections.Concurrent;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// A thread that does one thing after another. A call of libvirt cannot be cancelled: who does not want to wait any
/// longer goes away, and only this thread stays with it.
/// </summary>
internal sealed class DedicatedThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public DedicatedThread(string name) => new Thread(Run) { IsBackground = true, Name = name }.Start();

    /// <summary>Queues work; the task ends when it is done, with its exception if it threw.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return done.Task;
    }

    /// <summary>What is queued is still done, then the thread ends.</summary>
    public void Dispose() => _work.CompleteAdding();

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
