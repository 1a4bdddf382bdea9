using System.CommandLine;
using System.Globalization;
using NumaHistory.Query.Arguments;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Commands;

/// <summary>The words of <c>fit</c> for hosts as they would be. --memory is also the file of a given host: what it says tells which one is meant.</summary>
internal sealed class FitEdits
{
    public Option<string[]> WithoutCell { get; } = Many("--without-cell", "LIST", "as if these cells, with their CPUs and devices, were not there");

    public Option<string[]> WithoutCpus { get; } = Many("--without-cpus", "CPULIST", "as if these CPUs were not there");

    public Option<string> Smt { get; } = GlobalOptions.Text("--smt", "off", "as if SMT were off: one thread of every core stays online");

    public Option<string[]> Memory { get; } = Many(
        "--memory", "CELL=SIZE", "as if a cell had so much memory: 0=32GiB; with --domain also a FILE: free memory of the host, from an observation or a capture");

    public void AddTo(Command command)
    {
        command.Add(WithoutCell);
        command.Add(WithoutCpus);
        command.Add(Smt);
        command.Add(Memory);
    }

    /// <summary>Whether something would be otherwise.</summary>
    public bool Any(Request request) => !Of(request).IsNone;

    /// <summary>The file that --memory names, or null.</summary>
    public string? MemoryFile(Request request)
    {
        var files = Given(request, Memory).Where(text => Cell(text) is null).ToList();
        return files.Count < 2 ? files.FirstOrDefault() : throw new Refusal(ExitCode.Usage, $"{Memory.Name}: '{files[1]}' is a second file, and not CELL=SIZE");
    }

    /// <summary>What hosts would be like.</summary>
    public HostEdits Of(Request request)
    {
        if (request.Parse.GetValue(Smt) is { } smt && smt != "off")
        {
            throw new Refusal(ExitCode.Usage, $"{Smt.Name}: '{smt}' is not off", "--smt off; threads that are not there cannot be imagined");
        }

        var memory = new SortedDictionary<int, long>();
        foreach (var text in Given(request, Memory))
        {
            if (Cell(text) is { } cell && !memory.TryAdd(cell, MemorySize.Parse(Memory.Name, text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..])))
            {
                throw new Refusal(ExitCode.Usage, $"{Memory.Name}: cell {cell} is given twice");
            }
        }

        return new HostEdits(Union(request, WithoutCell), Union(request, WithoutCpus), request.Parse.GetValue(Smt) is not null, memory);
    }

    /// <summary>The same, refused where none of the hosts it is about has what is named.</summary>
    public HostEdits Of(Request request, IEnumerable<FitHost> hosts)
    {
        var edits = Of(request);
        var about = edits.IsNone ? [] : hosts.Where(host => host.Topology is not null).ToList();
        if (about.Count > 0 && about.Select(host => edits.Missing(host.Topology!)).ToList() is var missing)
        {
            var cells = missing.Select(one => one.Cells).Aggregate((left, right) => left.Intersect(right));
            var cpus = missing.Select(one => one.Cpus).Aggregate((left, right) => left.Intersect(right));
            var what = !cells.IsEmpty ? $"cell {cells}" : !cpus.IsEmpty ? $"CPU {cpus}" : null;
            return what is null ? edits
                : throw new Refusal(
                    ExitCode.Unknown, about.Count == 1 ? $"{about[0].Name} has no {what}" : $"none of the {about.Count} hosts has a {what}");
        }

        return edits;
    }

    private static CpuSet Union(Request request, Option<string[]> option) =>
        Given(request, option).Select(text => CellList.Parse(option.Name, text)!).Aggregate(CpuSet.Empty, (all, one) => all.Union(one));

    private static string[] Given(Request request, Option<string[]> option) => request.Parse.GetValue(option) ?? [];

    private static int? Cell(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && int.TryParse(text.AsSpan(0, equals), NumberStyles.None, CultureInfo.InvariantCulture, out var cell) ? cell : null;
    }

    private static Option<string[]> Many(string name, string value, string description) => new(name) { HelpName = value, Description = description };
}
