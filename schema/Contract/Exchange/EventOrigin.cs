namespace NumaHistory.Schema.Contract.Exchange;

/// <summary>
/// How an event came into the store that it was first written to: when, by which login and database user, machine and program. null =
/// not known.
/// </summary>
public sealed record EventOrigin(DateTimeOffset? RecordedAt, string? User, string? Machine, string? Program, string? DatabaseUser);
