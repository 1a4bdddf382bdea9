using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>
/// A guest as one document defines it, and what in that document libvirt would refuse because of pins, memory binding or guest
/// cells; what is refused is left out of the pins. Paths of problems are empty: the caller knows the file.
/// </summary>
public sealed record DomainGuest(GuestPins Pins, IReadOnlyList<Problem> Problems);
