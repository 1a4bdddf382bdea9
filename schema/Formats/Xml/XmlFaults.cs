using System.Runtime.CompilerServices;
using System.Xml.Linq;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.Xml;

/// <summary>
/// Collects what is wrong with single elements, with their places; for domain XML what libvirt would refuse. The first are kept,
/// the rest counted: a document may be wrong in each of its elements.
/// </summary>
internal sealed class XmlFaults
{
    private const int Kept = 50;

    private readonly List<Problem> _problems = [];

    /// <summary>How many there were, those that are only counted among them.</summary>
    public int Count { get; private set; }

    public IReadOnlyList<Problem> Problems =>
        Count <= Kept ? _problems : [.. _problems, new Problem("", null, $"{Count - Kept} more problems")];

    internal bool IsFull => Count >= Kept;

    public void Add(XElement at, string what)
    {
        if (++Count <= Kept)
        {
            _problems.Add(Problem(at, what));
        }
    }

    /// <summary>The same; what is only counted is not even put into words.</summary>
    public void Add(XElement at, [InterpolatedStringHandlerArgument("")] ref FaultText what) => Add(at, what.ToString());

    public static Problem Problem(XElement at, string what)
    {
        var place = SafeXml.Place(at);
        return new Problem("", place?.Line, $"<{at.Name.LocalName}> {what}") { Column = place?.Column };
    }
}
