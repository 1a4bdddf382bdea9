namespace NumaHistory.Recorder.Sampling;

/// <summary>Looks at one host through one source, at every point of the grid; hands what it sees to an outbox and never waits for the store.</summary>
internal interface ISampler
{
    /// <summary>The source's word: sysfs, libvirt.</summary>
    string Source { get; }

    /// <summary>The host's name; empty until it was looked at.</summary>
    string Host { get; }

    /// <summary>What tells this host from others: its machine id, product UUID or name; empty until it was looked at.</summary>
    string Identity { get; }

    /// <summary>The first look; a source that cannot be used throws here, later ones are recorded failures.</summary>
    ValueTask StartAsync(CancellationToken cancel);

    /// <summary>One point of the grid.</summary>
    ValueTask TickAsync(CancellationToken cancel);

    /// <summary>Hands over what was held back, before the recorder stops.</summary>
    void Flush();
}
