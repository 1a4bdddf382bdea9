using System.Globalization;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Formats.Backfill;
using NumaHistory.Schema.Formats.Backfill.QemuLogs;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sources.Backfill;

/// <summary>Logs that libvirt keeps of its guests: files, and folders of them with what logrotate left beside them.</summary>
/// <param name="host">The name of the host, or null for the one that the logs say.</param>
internal sealed class QemuLogFiles(string? host)
{
    /// <summary>What the file, or every log in the folder, holds; what cannot be used is an item too, never an exception.</summary>
    public IReadOnlyList<BacklogItem> Read(string file)
    {
        try
        {
            if (!Directory.Exists(file))
            {
                return AnyIn(file, [.. Log(file)]);
            }

            var logs = Directory.EnumerateFiles(file).Where(IsLog).Order(StringComparer.Ordinal).ToList();
            return logs.Count > 0
                ? AnyIn(file, [.. logs.SelectMany(Log)])
                : [new BacklogItem(file, null, [], $"{file}: holds no .log file", "libvirt keeps them in /var/log/libvirt/qemu")];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [Bad(file, error)];
        }
    }

    // Beside others an empty log is what logrotate leaves; with nothing in any of them something is wrong.
    private static IReadOnlyList<BacklogItem> AnyIn(string file, List<BacklogItem> items) =>
        items.TrueForAll(item => item is { Backlog: null, Error: null, Problems.Count: 0 })
            ? [.. items, new BacklogItem(file, null, [], $"{file}: tells of no run of a guest", "libvirt keeps such logs in /var/log/libvirt/qemu")]
            : items;

    private IEnumerable<BacklogItem> Log(string file)
    {
        QemuLogReading reading;
        try
        {
            using var text = TextFile.Open(file);
            reading = QemuLog.Parse(file, GuestName(file), text);
        }
        catch (SourceUnusableException unusable)
        {
            return [new BacklogItem(file, null, [], unusable.Message, unusable.Hint)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return [Bad(file, error)];
        }

        var hosts = reading.Runs.ToLookup(run => host ?? (run.HostName is { } full ? full.Split('.')[0] : null));
        var items = hosts.Where(runs => runs.Key is not null).Select(runs => new BacklogItem(file, new Backlog(runs.Key!) { Runs = [.. runs] }, [])).ToList();
        if (hosts[null].FirstOrDefault() is { } nameless)
        {
            items.Add(new BacklogItem(
                file, null, [], $"{file}:{nameless.Line}: does not say on which host the guest was started; {hosts[null].Count()} starts are left out", "name it with --host"));
        }

        return reading switch
        {
            { Problems.Count: > 0 } => [.. items, new BacklogItem(file, null, reading.Problems)],
            { Runs.Count: 0 } => [new BacklogItem(file, null, []) { Remarks = [Nothing(file, reading.Lines)] }],
            _ => items,
        };
    }

    private static Problem Nothing(string file, int lines) => new(
        file, null, string.Create(CultureInfo.InvariantCulture, $"{lines} {(lines == 1 ? "line was" : "lines were")} read, and no run of a guest was found"));

    private static bool IsLog(string file) => Path.GetFileName(file).Split('.') is [.., "log"] or [.., "log", _] or [.., "log", _, "gz"]
        || Path.GetFileName(file).Contains(".log-", StringComparison.Ordinal);

    // The guest's name may hold dots: web.example.log.2.gz is of web.example.
    private static string GuestName(string file)
    {
        var name = Path.GetFileName(file);
        var end = name.LastIndexOf(".log", StringComparison.Ordinal);
        return end > 0 ? name[..end] : name;
    }

    private static BacklogItem Bad(string file, Exception error) => new(file, null, [], $"{file}: cannot be read: {error.Message}");
}
