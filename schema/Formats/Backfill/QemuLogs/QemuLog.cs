namespace NumaHistory.Schema.Formats.Backfill.QemuLogs;

/// <summary>
/// The log that libvirt keeps of one guest (<c>/var/log/libvirt/qemu/GUEST.log</c>): when it was started with which command line, and when
/// it stopped. Everything else in it, mostly what QEMU had to say, is passed over.
/// </summary>
public static class QemuLog
{
    /// <summary>Reads a log; name is what to call a guest whose command line does not say.</summary>
    public static QemuLogReading Parse(string path, string name, TextReader text)
    {
        var reader = new QemuLogReader(path, name);
        for (var line = text.ReadLine(); line is not null; line = text.ReadLine())
        {
            reader.Read(line);
        }

        return reader.End();
    }
}
