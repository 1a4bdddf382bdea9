using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>When exclusive pins met the pins of another guest, and who came second.</summary>
internal static class OverlapsCommand
{
    public static Command Create(Verbs verbs)
    {
        var host = Verbs.Host();
        var since = GlobalOptions.Text("--since", "TIME", "overlaps that were there then or later; else all");
        var until = GlobalOptions.Text("--until", "TIME", "overlaps that began then or earlier (--at)");
        var command = new Command("overlaps", "when CPUs that a guest had alone were another's too, and who came second") { host, since, until };
        return verbs.Online(command, (request, store, cancel) =>
        {
            if (request.KnownAt is not null)
            {
                throw new Refusal(ExitCode.Usage, "overlaps cannot be asked with --known-at", "leave it out; numa-history history --known-at shows the events");
            }

            var name = request.Parse.GetValue(host);
            var from = MomentLookup.Resolve(store, since.Name, request.Time(since), name, cancel);
            var to = MomentLookup.Resolve(store, until.Name, request.Time(until), name, cancel)
                ?? MomentLookup.When(store, request.At, null, name, cancel).At ?? request.Now;
            if (from > to)
            {
                throw new Refusal(ExitCode.Usage, $"--since: {TimeText.Utc(from.Value)} is after --until {TimeText.Utc(to)}");
            }

            var (hosts, pins) = HostLookup.Ask(
                store,
                name,
                word => store.Ask(new HostsQuestion(HostFilter.Named(word)), new HeldPinsQuestion(word, from, to), cancel),
                answer => answer.First,
                cancel);
            Remarks.Write(verbs.Around.Err, request, Remarks.OnHosts(hosts.Count));
            Printer.Print(
                verbs.Around.Out,
                request,
                new Answer<OverlapItem>(
                    "Overlaps",
                    to,
                    [.. Overlaps.Of(pins).Where(one => one.From <= to && !(one.Until <= from)).Select(one => Item(one, hosts))],
                    () => ReadModelJson.Default.OverlapItem),
                new OverlapRendering());
            return ExitCode.Yes;
        });
    }

    private static OverlapItem Item(Overlap overlap, IReadOnlyList<HostRow> hosts) => new(
        hosts.FirstOrDefault(host => host.Key == overlap.Host)?.Name ?? overlap.Host,
        overlap.Cpus,
        overlap.From,
        overlap.Until,
        Side(overlap.First),
        Side(overlap.Second));

    private static OverlapSideItem Side(HeldPin held) => new(
        held.Name,
        held.Guest,
        held.Pin.Layer,
        held.Pin.Thread,
        held.Pin.Number,
        held.Pin.Cpus,
        held.Pin.Exclusive,
        held.Pin.By,
        held.Pin.Why,
        held.Pin.From,
        held.Pin.Event);
}
