using System.Globalization;
using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>Collects what libvirt would refuse, with the place of the element.</summary>
internal sealed class DomainFaults
{
    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    public void Add(XElement at, string what)
    {
        var place = SafeXml.Place(at);
        var column = place is null ? "" : string.Create(CultureInfo.InvariantCulture, $"column {place.Column}: ");
        _problems.Add(new Problem("", place?.Line, $"{column}<{at.Name.LocalName}> {what}"));
    }
}
