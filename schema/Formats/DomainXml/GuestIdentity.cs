using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>Who a domain is.</summary>
internal static class GuestIdentity
{
    public static string Name(XElement domain, string? nameless, XmlFaults faults)
    {
        if (domain.Element("name")?.Value.Trim() is { Length: > 0 } name)
        {
            return name;
        }

        if (nameless is null)
        {
            faults.Add(domain, "has no name");
        }

        return nameless ?? "unnamed";
    }

    /// <summary>32 hexadecimal digits; dashes and blanks between them mean nothing.</summary>
    public static string? Uuid(XElement domain, XmlFaults faults)
    {
        if (domain.Element("uuid") is not { } at || at.Value.Length == 0)
        {
            return null;
        }

        var digits = string.Concat(at.Value.Where(letter => letter != '-' && !char.IsWhiteSpace(letter)));
        if (Guid.TryParseExact(digits, "N", out var uuid))
        {
            return uuid.ToString("D");
        }

        faults.Add(at, $"{XmlNumbers.Quoted(at.Value.Trim())} is not a UUID");
        return null;
    }
}
