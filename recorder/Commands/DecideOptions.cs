using System.CommandLine;
using System.Globalization;
using NumaHistory.Schema.Formats.CpuSetDialects;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Commands;

/// <summary>The words of <c>decide</c> that say how a guest is pinned.</summary>
internal sealed class DecideOptions
{
    private const int MostVcpus = 65_536;

    private static readonly string[] Modes = ["strict", "preferred", "interleave", "restrictive"];

    private static readonly string[] Policies = ["prefer", "isolate", "require"];

    private readonly Option<string[]> _pins = new("--pin") { Description = "Host CPUs of one vCPU; may be repeated", HelpName = "V=CPULIST" };

    private readonly Option<string?> _emulator = new("--emulator") { Description = "Host CPUs of the emulator", HelpName = "CPULIST" };

    private readonly Option<string[]> _iothreads = new("--iothread") { Description = "Host CPUs of one I/O thread; may be repeated", HelpName = "N=CPULIST" };

    private readonly Option<string?> _mode = new("--memory-mode") { Description = "How hard memory is bound: strict, preferred, interleave or restrictive (default strict)", HelpName = "MODE" };

    private readonly Option<string?> _cells = new("--memory-cells") { Description = "Host cells that the memory is bound to", HelpName = "LIST" };

    private readonly Option<string?> _memory = new("--memory") { Description = "How much memory the guest has, such as 16GiB", HelpName = "SIZE" };

    private readonly Option<bool> _exclusive = new("--exclusive") { Description = "Nobody else may have these CPUs" };

    private readonly Option<string?> _smt = new("--smt") { Description = "What is wanted of SMT siblings: prefer, isolate or require", HelpName = "POLICY" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _pins, _emulator, _iothreads, _mode, _cells, _memory, _exclusive, _smt })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether any of them is given.</summary>
    public bool Any(ParseResult parsed) => parsed.GetValue(_pins) is { Length: > 0 } || parsed.GetValue(_cells) is not null
        || parsed.GetValue(_emulator) is not null || parsed.GetValue(_iothreads) is { Length: > 0 };

    /// <summary>What a proposal says itself, where somebody says it beside one; null = nothing.</summary>
    public string? Beside(ParseResult parsed) => new Option[] { _pins, _emulator, _iothreads, _cells, _memory, _smt, _exclusive }
        .FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>The pinning; every fault of the words is a refusal that names the option.</summary>
    public GuestPins Pins(ParseResult parsed, string guest, string? uuid, bool ofProposal)
    {
        var pins = Threads("--pin", parsed.GetValue(_pins)).Select(pin => new VcpuPin(pin.Number, pin.Cpus)).ToList();
        var size = parsed.GetValue(_memory) is { } text ? MemorySize.Parse("--memory", text) : (long?)null;
        if (size <= 0)
        {
            throw new Refusal(ExitCode.Usage, "--memory 0: there is nothing of no size", "leave --memory out where it is not known");
        }

        var count = pins.Count == 0 ? (int?)null : pins.Max(pin => pin.Vcpu) + 1;
        return new GuestPins(
            guest,
            uuid,
            Exclusive: parsed.GetValue(_exclusive),
            Smt: Word("--smt", parsed.GetValue(_smt), Policies) is { } policy ? (SmtPolicy)policy : null,
            Vcpus: count is { } vcpus ? new GuestVcpus(vcpus, vcpus) : null,
            MemoryKiB: size,
            Placement: "static",
            Pins: pins,
            Emulator: parsed.GetValue(_emulator) is { } emulator ? List("--emulator", emulator) : null,
            Iothreads: [.. Threads("--iothread", parsed.GetValue(_iothreads)).Select(pin => new IothreadPin(pin.Number, pin.Cpus))],
            Memory: Binding(parsed, ofProposal),
            CurrentMemoryKiB: size);
    }

    // The cells are the proposal's, where there is one.
    private MemoryBinding? Binding(ParseResult parsed, bool ofProposal)
    {
        var mode = (MemoryMode?)Word("--memory-mode", parsed.GetValue(_mode), Modes);
        return parsed.GetValue(_cells) is { } cells ? new MemoryBinding(mode ?? MemoryMode.Strict, List("--memory-cells", cells))
            : mode is null ? null
            : ofProposal ? new MemoryBinding(mode.Value, null)
            : throw new Refusal(ExitCode.Usage, "--memory-mode binds nothing by itself", "name the cells with --memory-cells");
    }

    private static IEnumerable<(int Number, CpuSet Cpus)> Threads(string option, string[]? texts)
    {
        var seen = new SortedDictionary<int, CpuSet>();
        foreach (var text in texts ?? [])
        {
            var parts = text.Split('=', 2);
            if (parts.Length < 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= MostVcpus)
            {
                throw new Refusal(ExitCode.Usage, $"{option}: '{text}' is not a number and a CPU list; write it like 0=2-3");
            }

            if (!seen.TryAdd(number, List(option, parts[1])))
            {
                throw new Refusal(ExitCode.Usage, $"{option}: {number} is given twice");
            }
        }

        return seen.Select(one => (one.Key, one.Value));
    }

    private static CpuSet List(string option, string text) => CpuSetDialect.Parse(CpuSetDialect.Default, text, CpuSetContext.Unknown) switch
    {
        CpuSetAnswer.Parsed parsed => parsed.Set,
        CpuSetAnswer.Refused refused => throw new Refusal(ExitCode.Usage, $"{option}: {refused.Message}", "write it like 0-3,8"),
        _ => throw new ArgumentException("no such answer", nameof(text)),
    };

    private static int? Word(string option, string? text, string[] words)
    {
        if (text is null)
        {
            return null;
        }

        var found = Array.IndexOf(words, text);
        return found >= 0 ? found : throw new Refusal(ExitCode.Usage, $"{option}: '{text}' is none of {string.Join(", ", words)}");
    }
}
