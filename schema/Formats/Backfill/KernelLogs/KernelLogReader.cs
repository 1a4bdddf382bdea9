using System.Text.Json;
using System.Text.RegularExpressions;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.Backfill.KernelLogs;

/// <summary>Reads a journal line by line. A boot ends where another boot id, a line of journalctl's own or another kernel begins.</summary>
internal sealed partial class KernelLogReader(string path)
{
    private readonly List<KernelBoot> _boots = [];
    private readonly List<Problem> _problems = [];
    private readonly List<Problem> _remarks = [];
    private Open? _open;
    private string? _announced;
    private bool _hasToldOfYear;
    private bool _isJson;
    private int _line;

    public void Read(string line)
    {
        _line++;
        if (line.StartsWith("-- ", StringComparison.Ordinal))
        {
            Close();
            _announced = Boot().Match(line) is { Success: true } boot && Guid.TryParseExact(boot.Groups[1].Value, "N", out var id) ? id.ToString("D") : null;
            return;
        }

        _isJson |= line.StartsWith('{');
        try
        {
            if ((line.StartsWith('{') ? KernelLine.OfJson(line) : KernelLine.OfText(line)) is { } message)
            {
                Read(message);
            }
            else if (_isJson && line.Length > 0 && line[0] != '{')
            {
                Problem(_line, "is no JSON; the line is left out");
            }
            else if (!_hasToldOfYear && Yearless().IsMatch(line))
            {
                _hasToldOfYear = true;
                Problem(_line, "the time has no year; journalctl -k -o short-iso-precise or -o json writes one");
            }
        }
        catch (JsonException)
        {
            Problem(_line, "is no JSON; the line is left out");
        }
    }

    public KernelLogReading End()
    {
        Close();
        return new KernelLogReading(_boots, _problems, _remarks);
    }

    private void Read(KernelLine line)
    {
        var bootId = line.BootId ?? _announced;
        if (_open is not null && (_open.BootId != bootId || _open.HostName != line.HostName || (_open.Facts.Kernel is not null && KernelFacts.Begins(line.Message))))
        {
            Close();
        }

        _open ??= new Open(_line, line.HostName, line.At, line.At - (line.Uptime ?? TimeSpan.Zero), bootId, line.MachineId);
        _open.Facts.Read(line.Message);
        if (_open.Piece is null && KernelFacts.IsPiece(line.Message))
        {
            _open.Piece = _line;
        }
    }

    private void Close()
    {
        if (_open is { Facts.Kernel: null } headless)
        {
            _remarks.Add(new Problem(path, headless.Line, "the beginning of this boot is not in the journal any more: not recorded"));
        }
        else if (_open is { } boot)
        {
            _boots.Add(new KernelBoot(boot.Line, boot.HostName, boot.At, boot.BootedAt, boot.BootId, boot.MachineId, boot.Facts.Settings()));
            if (boot.Piece is { } piece)
            {
                _remarks.Add(new Problem(path, piece, "what is told of cells, CPUs and memory here is in pieces, and makes no whole structure or capacity: not recorded"));
            }
        }

        _open = null;
    }

    private void Problem(int line, string what) => _problems.Add(new Problem(path, line, what));

    [GeneratedRegex("""^-- Boot ([0-9a-f]{32}) --""")]
    private static partial Regex Boot();

    [GeneratedRegex("""^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ kernel: """)]
    private static partial Regex Yearless();

    private sealed record Open(int Line, string HostName, DateTimeOffset At, DateTimeOffset BootedAt, string? BootId, string? MachineId)
    {
        public KernelFacts Facts { get; } = new();

        public int? Piece { get; set; }
    }
}
