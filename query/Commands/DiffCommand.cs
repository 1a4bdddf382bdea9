using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>What changed on a host between two moments, by name; the answer is no (1) if anything did.</summary>
internal static class DiffCommand
{
    public static Command Create(Verbs verbs)
    {
        var host = Verbs.Host();
        var since = GlobalOptions.Text("--since", "TIME", "compare with this moment");
        since.Required = true;
        var until = GlobalOptions.Text("--until", "TIME", "up to this moment (--at, else now)");
        var command = new Command(
            "diff", "what changed on a host since a moment; exit 1 if anything did") { host, since, until };
        return verbs.Online(command, (request, store, cancel) =>
        {
            var name = request.Parse.GetValue(host);
            var when = MomentLookup.When(store, request.At, request.KnownAt, name, cancel);
            var from = MomentLookup.Resolve(store, since.Name, request.Time(since), name, cancel);
            var to = MomentLookup.Resolve(
                store, until.Name, request.Time(until), name, cancel) ?? when.At ?? request.Now;
            if (from > to)
            {
                throw new Refusal(
                    ExitCode.Usage, $"--since {TimeText.Utc(from.Value)} is later than --until {TimeText.Utc(to)}");
            }

            var item = Compare(store, name, from!.Value, to, when.KnownAt, cancel);
            Remarks.Write(verbs.Around.Err, request, Remarks.OnDiff(item));
            Printer.Print(
                verbs.Around.Out,
                request,
                new Answer<DiffItem>("Diff", to, [item], () => ReadModelJson.Default.DiffItem),
                new DiffRendering());
            return item.Changes.Count > 0 ? ExitCode.No : ExitCode.Yes;
        });
    }

    private static DiffItem Compare(
        StoreReader store, string? name, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? knownAt,
        CancellationToken cancel)
    {
        var (hosts, was, now) = HostLookup.Ask(
            store,
            name,
            word => store.Ask(
                new HostsQuestion(HostFilter.Named(word)),
                new FactsQuestion(HostFilter.Named(word), new When(from, knownAt)),
                new FactsQuestion(HostFilter.Named(word), new When(to, knownAt)),
                cancel),
            answer => answer.First,
            cancel);
        var row = HostLookup.One(hosts, "diff");
        var before = HostStates.Fold(was).GetValueOrDefault(row.Key) ?? throw BeforeFirst.Refusal([row], from);
        var after = HostStates.Fold(now).GetValueOrDefault(row.Key) ?? throw BeforeFirst.Refusal([row], to);
        var settled = store.Ask(new BootTotalsQuestion(row.Key, new When(to, knownAt)), cancel);
        var changes = TopologyChanges.Between(before, after, now, settled)
            ?? throw new Refusal(
                ExitCode.Unknown, $"no topology of {row.Name} is known at both moments",
                $"numa-history history {row.Name}");
        return new DiffItem(after.Name, from, to, changes);
    }
}
