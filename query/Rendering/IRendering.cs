namespace NumaHistory.Query.Rendering;

/// <summary>How one kind of item looks: a table for people, records for CSV.</summary>
internal interface IRendering<T>
{
    /// <summary>The names of the CSV fields; those of the JSON members.</summary>
    string[] Fields { get; }

    /// <summary>The CSV records of one item.</summary>
    IEnumerable<object?[]> Records(T item);

    /// <summary>The items as text.</summary>
    void Write(TextWriter output, IReadOnlyList<T> items, Look look);
}
