using NumaHistory.Schema.Contract.Exchange;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Journal;

/// <summary>The headers that mark an event as imported: the file, and who recorded it when, as far as the export said.</summary>
internal sealed class ImportMark(string from, IEnumerable<EventLine> lines)
{
    private readonly Dictionary<Guid, EventOrigin> _origins = lines.DistinctBy(line => line.Id).ToDictionary(line => line.Id, line => line.Origin);

    /// <summary>The headers of one event; what is not known is left out.</summary>
    public IEnumerable<(string Name, string Value)> Of(Guid id)
    {
        var origin = _origins[id];
        (string Name, string? Value)[] headers =
        [
            (EventHeaders.ImportedFrom, from),
            (EventHeaders.OriginRecordedAt, origin.RecordedAt is { } at ? TimeText.Micros(at) : null),
            (EventHeaders.OriginUser, origin.User),
            (EventHeaders.OriginMachine, origin.Machine),
            (EventHeaders.OriginProgram, origin.Program),
            (EventHeaders.OriginDatabaseUser, origin.DatabaseUser),
        ];
        return headers.Where(header => header.Value is not null).Select(header => (header.Name, header.Value!));
    }
}
