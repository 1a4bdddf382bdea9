using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.Backfill.QemuLogs;

/// <summary>Reads a log line by line. A run ends where it is said to, or where the next begins: a host that went down wrote nothing.</summary>
internal sealed partial class QemuLogReader(string path, string name)
{
    private readonly List<QemuRun> _runs = [];
    private readonly List<Problem> _problems = [];
    private QemuRun? _run;
    private Start? _start;
    private DateTimeOffset? _killed;
    private int _line;

    public void Read(string line)
    {
        _line++;
        if (Stamped().Match(line) is { Success: true } stamped)
        {
            Unfinished();
            Entry(stamped, line);
        }
        else if (_start is { } start)
        {
            start.Command.Append(line.TrimEnd('\\', ' ', '\r')).Append(' ');
            if (!line.TrimEnd().EndsWith('\\'))
            {
                _start = null;
                Begin(start);
            }
        }
        else if (Killed().Match(line) is { Success: true } killed && _run is not null)
        {
            _killed = Time(killed);
        }
    }

    public QemuLogReading End()
    {
        Unfinished();
        Close(_killed, null);
        return new QemuLogReading(_runs, _problems, _line);
    }

    private void Entry(Match stamped, string line)
    {
        var what = line[stamped.Length..];
        var isStart = what.StartsWith("starting up", StringComparison.Ordinal);
        if (!isStart && !what.StartsWith("shutting down", StringComparison.Ordinal))
        {
            return;
        }

        if (Time(stamped) is not { } at)
        {
            Problem(_line, stamped.Groups["zone"].Success
                ? $"'{stamped.Groups["time"].Value}' is no moment of the calendar; the line is left out"
                : "the time has no offset, as in logs of old versions; add +0000 (or what holds there) after the seconds");
        }
        else if (isStart)
        {
            Close(_killed, null);
            _start = new Start(_line, at, HostName().Match(what) is { Success: true } host ? host.Groups[1].Value : null, new StringBuilder());
        }
        else
        {
            Close(at, Reason().Match(what) is { Success: true } reason ? reason.Groups[1].Value : null);
        }
    }

    private void Begin(Start start)
    {
        var command = QemuCommand.Parse(start.Command.ToString(), name, problem => Problem(start.Line + 1, problem));
        _run = command is null ? null : new QemuRun(start.Line, start.At, start.Host, command.Pins, command.IsIncoming);
    }

    private void Unfinished()
    {
        if (_start is { } start)
        {
            _start = null;
            Problem(start.Line, "the command line of this start is cut off; the start is left out");
        }
    }

    private void Close(DateTimeOffset? at, string? reason)
    {
        // What failed to start never ran.
        if (_run is { } run && reason != "failed")
        {
            _runs.Add(run with { StoppedAt = at, StopReason = reason });
        }

        (_run, _killed) = (null, null);
    }

    private void Problem(int line, string what) => _problems.Add(new Problem(path, line, what));

    private static DateTimeOffset? Time(Match match)
    {
        var zone = match.Groups["zone"].Value;
        var text = $"{match.Groups["day"].Value} {match.Groups["clock"].Value}{(zone == "Z" ? "+0000" : zone)}";
        return zone.Length > 0 && DateTimeOffset.TryParseExact(
            text.Insert(text.Length - 2, ":"), "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : null;
    }

    // libvirt's own lines; those of its debug log, which go on with a thread's number, are none.
    [GeneratedRegex("""^(?<time>(?<day>\d{4}-\d\d-\d\d) (?<clock>\d\d:\d\d:\d\d\.\d{1,7}))(?<zone>[+-]\d{4})?: """)]
    private static partial Regex Stamped();

    [GeneratedRegex("""^(?<day>\d{4}-\d\d-\d\d)T(?<clock>\d\d:\d\d:\d\d\.\d{1,7})(?<zone>Z) \S+: terminating on signal \d+""")]
    private static partial Regex Killed();

    [GeneratedRegex("""\bhostname: ([A-Za-z0-9._-]+)""")]
    private static partial Regex HostName();

    [GeneratedRegex("""^shutting down, reason=([a-z-]+)""")]
    private static partial Regex Reason();

    private sealed record Start(int Line, DateTimeOffset At, string? Host, StringBuilder Command);
}
