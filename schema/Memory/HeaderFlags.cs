namespace NumaHistory.Schema.Memory;

/// <summary>Which parts the head of a block has, in this order.</summary>
[Flags]
internal enum HeaderFlags : byte
{
    /// <summary>The boot id is a UUID in its usual form: 16 bytes.</summary>
    BootUuid = 1,

    /// <summary>The boot id is another text: its length, then UTF-8.</summary>
    BootText = 2,

    /// <summary>The fingerprint of the structure: 32 bytes.</summary>
    Structure = 4,

    /// <summary>The fingerprint of the capacity: 32 bytes.</summary>
    Capacity = 8,

    /// <summary>The hash of the pin state: 32 bytes.</summary>
    PinState = 16,

    /// <summary>The interval in milliseconds.</summary>
    Interval = 32,

    /// <summary>Either kind of boot id.</summary>
    AnyBoot = BootUuid | BootText,

    /// <summary>Every flag of this version.</summary>
    All = AnyBoot | Structure | Capacity | PinState | Interval,
}
