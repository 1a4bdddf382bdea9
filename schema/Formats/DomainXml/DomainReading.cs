using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>The guests of one document, or why it cannot be used.</summary>
public sealed record DomainReading(IReadOnlyList<DomainGuest> Guests, Problem? Refused);
