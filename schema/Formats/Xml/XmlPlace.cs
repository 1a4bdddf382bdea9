namespace NumaHistory.Schema.Formats.Xml;

/// <summary>Where an element begins in its document, both counted from 1.</summary>
internal sealed record XmlPlace(int Line, int Column);
