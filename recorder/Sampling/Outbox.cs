namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// What waits for the store, in the order it was seen. Adding never blocks, so writing never delays sampling. When more
/// samples wait than there is room for, the oldest are given up and a marker stays in their place. Samples wake the writer
/// once in a batch's length, everything else at once.
/// </summary>
internal sealed class Outbox(int samplesAtMost, TimeSpan batch = default)
{
    private readonly LinkedList<Waiting> _waiting = new();
    private readonly SemaphoreSlim _arrived = new(0, 1);
    private readonly Lock _gate = new();
    private int _samples;
    private DateTimeOffset _signalled;

    public void Add(Waiting seen)
    {
        lock (_gate)
        {
            _waiting.AddLast(seen);
            if (seen is Waiting.Sample && ++_samples > samplesAtMost)
            {
                DropOldestSample();
            }

            if (IsDue(seen) && _arrived.CurrentCount == 0)
            {
                _arrived.Release();
            }
        }
    }

    /// <summary>Returns when something may be waiting.</summary>
    public Task WaitAsync(CancellationToken cancel) => _arrived.WaitAsync(cancel);

    /// <summary>Takes the oldest out; null when nothing waits. What could not be written is given back with <see cref="Return"/>.</summary>
    public Waiting? Take()
    {
        lock (_gate)
        {
            if (_waiting.First is not { } first)
            {
                return null;
            }

            _waiting.RemoveFirst();
            _samples -= first.Value is Waiting.Sample ? 1 : 0;
            return first.Value;
        }
    }

    public void Return(Waiting seen)
    {
        lock (_gate)
        {
            _waiting.AddFirst(seen);
            _samples += seen is Waiting.Sample ? 1 : 0;
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    // Waking a thread costs more than taking a sample does. The grid jitters: a tenth less than a batch is a batch.
    private bool IsDue(Waiting seen)
    {
        if (seen is not Waiting.Sample sample)
        {
            return true;
        }

        var isDue = (sample.Memory.At - _signalled).Duration() >= batch * 0.9;
        _signalled = isDue ? sample.Memory.At : _signalled;
        return isDue;
    }

    private void DropOldestSample()
    {
        var oldest = _waiting.First;
        while (oldest!.Value is not Waiting.Sample)
        {
            oldest = oldest.Next;
        }

        var at = ((Waiting.Sample)oldest.Value).Memory.At;
        if (oldest.Previous is { Value: Waiting.Dropped dropped } marker)
        {
            marker.Value = dropped with { Count = dropped.Count + 1 };
        }
        else
        {
            _waiting.AddBefore(oldest, new Waiting.Dropped(at, 1));
        }

        _waiting.Remove(oldest);
        _samples--;
    }
}
