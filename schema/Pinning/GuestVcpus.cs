namespace NumaHistory.Schema.Pinning;

/// <summary>How many vCPUs a guest may have, and how many of them are online now (or at its start).</summary>
public sealed record GuestVcpus(int Maximum, int Current);
