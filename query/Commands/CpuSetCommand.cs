using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Formats.CpuSetDialects;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>CPU lists as other programs read them, printed in the one canonical form. Needs no store.</summary>
internal static class CpuSetCommand
{
    public static Command Create(Verbs verbs)
    {
        var text = new Argument<string>("text") { Description = "a CPU list; - reads one a line" };
        var dialect = GlobalOptions.Text(
            "--dialect", "D",
            $"who reads it: {string.Join(", ", CpuSetDialect.Names)} (default {CpuSetDialect.Default})");
        var cpus = GlobalOptions.Text(
            "--cpus", "LIST", "the CPUs (numactl-nodes: cells) there are: what all, N and !x refer to");
        var cell =
            new Option<string[]>("--cell") { HelpName = "ID=LIST", Description = "the CPUs of a cell, for nodes:0" };
        var command = new Command(
            "cpuset", "reads a CPU list in any dialect and prints the canonical one") { text, dialect, cpus, cell };
        return verbs.Offline(command, (request, _) =>
        {
            var speaker = Dialect(dialect.Name, request.Parse.GetValue(dialect));
            var context = new CpuSetContext(
                CellList.Parse(cpus.Name, request.Parse.GetValue(cpus)),
                CellCpuLists.Parse(cell.Name, request.Parse.GetValue(cell)));
            var given = request.Parse.GetRequiredValue(text);
            var texts = given == "-" ? Lines.Read(verbs.Around.In) : [given];
            List<CpuSetItem> items = [.. texts.Select(line => Item(line, CpuSetDialect.Parse(speaker, line, context)))];
            Printer.Print(
                verbs.Around.Out,
                request,
                new Answer<CpuSetItem>("CpuSets", request.Now, items, () => ReadModelJson.Default.CpuSetItem),
                new CpuSetRendering());
            return Answer(verbs.Around.Err, given, items);
        });
    }

    private static CpuSetItem Item(string text, CpuSetAnswer answer) => answer switch
    {
        CpuSetAnswer.Parsed parsed => new CpuSetItem(text, parsed.Set.ToString(), parsed.Set.Count, null),
        CpuSetAnswer.Refused refused => new CpuSetItem(text, null, null, refused.Message),
        _ => throw new ArgumentException("no such answer", nameof(answer)),
    };

    private static ExitCode Answer(TextWriter err, string given, IReadOnlyList<CpuSetItem> items)
    {
        if (given != "-" && items is [{ Error: { } error }])
        {
            err.Write(ErrorVoice.Text(Application.Name, $"cpuset: {error}", "numa-history help cpulist"));
        }

        return items.Any(item => item.Error is not null) ? ExitCode.Usage : ExitCode.Yes;
    }

    private static string Dialect(string option, string? text)
    {
        var name = text ?? CpuSetDialect.Default;
        return CpuSetDialect.Names.Contains(name)
            ? name
            : throw new Refusal(
                ExitCode.Usage,
                $"{option}: '{name}' is no dialect; there are {string.Join(", ", CpuSetDialect.Names)}",
                Nearest.Of(name, CpuSetDialect.Names) is { } near ? $"did you mean {near}?" : null);
    }
}
