namespace NumaHistory.Schema.Memory;

/// <summary>Free huge pages of one size: page size in KiB, pages free (null = not known).</summary>
public sealed record FreePages(long SizeKiB, long? Free);
