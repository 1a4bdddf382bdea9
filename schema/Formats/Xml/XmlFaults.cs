using System.Globalization;
using System.Xml.Linq;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.Xml;

/// <summary>Collects what is wrong with single elements, with their places; for domain XML what libvirt would refuse.</summary>
internal sealed class XmlFaults
{
    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    public void Add(XElement at, string what) => _problems.Add(Problem(at, what));

    public Problem Problem(XElement at, string what)
    {
        var place = SafeXml.Place(at);
        var column = place is null ? "" : string.Create(CultureInfo.InvariantCulture, $"column {place.Column}: ");
        return new Problem("", place?.Line, $"{column}<{at.Name.LocalName}> {what}");
    }
}
