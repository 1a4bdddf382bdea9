namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>What a signal of a libvirt host is about.</summary>
public enum LibvirtEventKind
{
    /// <summary>The connection stands, for the first time or again: what was missed is found by a look.</summary>
    Connected,

    /// <summary>
    /// The connection is gone or could not be made; nothing is known of the host until it stands again.
    /// </summary>
    Disconnected,

    /// <summary>A guest was defined, started, suspended, migrated, stopped ...</summary>
    Lifecycle,

    /// <summary>A pin, or another setting, of a running guest was set; perhaps to what it was.</summary>
    Tunable,
}
