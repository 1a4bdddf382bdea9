namespace NumaHistory.Schema.Formats.Backfill.KernelLogs;

/// <summary>
/// The kernel's messages as <c>journalctl -k -o json</c> or <c>-o short-iso-precise</c> prints them, of one boot or several. What they tell whole is a
/// boot: its settings and its time. Cells, CPUs and memory they tell in pieces and by address; no structure is put together from that.
/// </summary>
public static class KernelLog
{
    /// <summary>Reads a journal.</summary>
    public static KernelLogReading Parse(string path, TextReader text)
    {
        var reader = new KernelLogReader(path);
        for (var line = text.ReadLine(); line is not null; line = text.ReadLine())
        {
            reader.Read(line);
        }

        return reader.End();
    }
}
