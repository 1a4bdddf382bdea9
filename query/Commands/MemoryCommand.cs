using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>The trend of free memory per cell.</summary>
internal static class MemoryCommand
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(366);

    public static Command Create(Verbs verbs)
    {
        var host = Verbs.Host();
        var cells = GlobalOptions.Text("--cells", "LIST", "only these cells: 0-3,8");
        var since = GlobalOptions.Text("--since", "TIME", "from this moment on");
        since.Required = true;
        var until = GlobalOptions.Text("--until", "TIME", "before this moment (--at, else now)");
        var step = GlobalOptions.Text("--step", "DURATION", "length of a step, aligned in UTC (1h)");
        var figures = GlobalOptions.Text("--agg", "LIST", "figures of each step: min,avg,max,p05");
        var command = new Command(
            "memory", "free memory of cells over time") { host, cells, since, until, step, figures };
        return verbs.Online(command, (request, store, cancel) =>
        {
            var name = request.Parse.GetValue(host);
            var wanted = CellList.Parse(cells.Name, request.Parse.GetValue(cells));
            var length = Duration.Parse(
                step.Name, request.Parse.GetValue(step) ?? "1h", TimeSpan.FromSeconds(1), LongestStep);
            var shown = Figures.Parse(figures.Name, request.Parse.GetValue(figures));
            var when = MomentLookup.When(store, request.At, request.KnownAt, name, cancel);
            var from = MomentLookup.Resolve(store, since.Name, request.Time(since), name, cancel);
            var to = MomentLookup.Resolve(
                store, until.Name, request.Time(until), name, cancel) ?? End(when.At ?? request.Now);
            var span = new MemorySpan(from!.Value, when.KnownAt < to ? End(when.KnownAt.Value) : to, length, shown);
            var (hosts, blocks) = HostLookup.Ask(
                store,
                name,
                word => store.Ask(
                    new HostsQuestion(HostFilter.Named(word)), new BlocksQuestion(word, span.From, span.To, when.KnownAt), cancel),
                answer => answer.First,
                cancel);
            List<MemoryItem> items = [.. hosts.SelectMany(row => MemoryBuckets.Of(row, blocks, wanted, span))];
            Remarks.Write(verbs.Around.Err, request, Remarks.OnMemory(hosts.Count, items.Count, span));
            Printer.Print(
                verbs.Around.Out,
                request,
                new Answer<MemoryItem>("Memory", to, items, () => ReadModelJson.Default.MemoryItem),
                new MemoryRendering(span));
            return ExitCode.Yes;
        });
    }

    // An end that nobody named belongs to the stretch: the newest sample is in it.
    private static DateTimeOffset End(DateTimeOffset at) => at.AddMilliseconds(1);
}
