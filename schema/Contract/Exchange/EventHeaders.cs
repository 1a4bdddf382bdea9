namespace NumaHistory.Schema.Contract.Exchange;

/// <summary>The names of an event's headers: who wrote it here, and of an imported one who wrote it where it came from.</summary>
public static class EventHeaders
{
    public const string Machine = "machine";
    public const string Program = "program";
    public const string DatabaseUser = "databaseUser";

    /// <summary>How somebody came by the fact, where it was neither seen nor decided then: <c>backfilled</c>.</summary>
    public const string Origin = "origin";

    /// <summary>The file it was imported from; absent on an event of the store itself.</summary>
    public const string ImportedFrom = "importedFrom";
    public const string OriginRecordedAt = "originRecordedAt";
    public const string OriginUser = "originUser";
    public const string OriginMachine = "originMachine";
    public const string OriginProgram = "originProgram";
    public const string OriginDatabaseUser = "originDatabaseUser";
}
