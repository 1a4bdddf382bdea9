namespace NumaHistory.Recorder.Sources.Backfill;

/// <summary>Text whose first line was read already to see what it is.</summary>
internal sealed class HeadedText(string first, TextReader rest) : TextReader
{
    private string? _first = first;

    public override string? ReadLine()
    {
        var line = _first ?? rest.ReadLine();
        _first = null;
        return line;
    }
}
