namespace NumaHistory.Query.Rendering;

/// <summary>How values are shown to a person.</summary>
internal sealed record Look(
    DateTimeOffset Now,
    TimeZoneInfo Zone,
    bool Headers = true,
    bool Color = false,
    bool Ascii = false,
    bool Bytes = false,
    bool Wide = false);
