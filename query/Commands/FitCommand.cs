using System.CommandLine;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Given;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Commands;

/// <summary>Whether pinnings fit: of domain XML on a host from a file, of a question in JSON, of guests in the store.</summary>
internal static class FitCommand
{
    public static Command Create(Verbs verbs)
    {
        var options = new FitOptions();
        var command = new Command("fit", "whether pinnings still fit, with every finding; exit 1 unless all do");
        options.AddTo(command);
        return verbs.Offline(command, (request, cancel) => options.Mode(request) switch
        {
            FitMode.Problem => Problems(verbs, request, options, cancel),
            FitMode.Documents => Documents(verbs, request, options, cancel),
            FitMode.DomainThere => verbs.Ask(request, cancel, (store, stop) => DomainThere(verbs, request, options, store, stop)),
            FitMode.Replay => verbs.Ask(request, cancel, (store, stop) => FitReplay.Answer(verbs, request, options, store, stop)),
            _ => verbs.Ask(request, cancel, (store, stop) => Guests(verbs, request, options, store, stop)),
        });
    }

    private static ExitCode Guests(Verbs verbs, Request request, FitOptions options, StoreReader store, CancellationToken cancel)
    {
        var situation = options.Situation(request);
        var fleet = Fleet.Read(store, request, withMemory: true, cancel);
        var guests = GuestLookup.Select(fleet, request.Parse.GetValue(options.Guests));
        var target = request.Parse.GetValue(options.Host) is { } host ? fleet.HostKey(options.Host.Name, host) : null;
        var wanted = FleetCheck.Wanted(guests);
        var check = new FleetCheck(fleet.State(
            wanted.Count == 0 ? new Dictionary<Circumstances, HostTopology>() : store.Ask(new CircumstancesQuestion(wanted), cancel)));
        List<FitReport> reports =
        [
            .. guests.SelectMany(guest => check.Judge(guest, fleet.AsOf.At, target, situation))
                .OrderByDescending(report => report.Verdict)
                .ThenBy(report => report.Guest, StringComparer.Ordinal),
        ];
        Remarks.Write(verbs.Around.Err, request, Remarks.OnGuests(fleet.Guests.Count, guests, reports));
        return Print(verbs, request, fleet.AsOf.At, reports);
    }

    private static ExitCode Problems(Verbs verbs, Request request, FitOptions options, CancellationToken cancel)
    {
        var path = request.Parse.GetValue(options.Problem)!;
        if (path == "-")
        {
            return FitProblems.Answer(verbs.Around.In, verbs.Around.Out, cancel);
        }

        using var text = new StreamReader(new MemoryStream(GivenBytes.Read(options.Problem.Name, path, verbs.Around).ToArray(), writable: false));
        return FitProblems.Answer(text, verbs.Around.Out, cancel);
    }

    private static ExitCode Documents(Verbs verbs, Request request, FitOptions options, CancellationToken cancel)
    {
        var path = request.Parse.GetValue(options.Domain)!;
        var topology = request.Parse.GetValue(options.Topology) ?? GivenHost.ThisMachine;
        if (path == "-" && topology == "-")
        {
            throw new Refusal(ExitCode.Usage, "--domain - and --topology -: standard input is one document");
        }

        var reading = Domains(verbs, options, path);
        var (host, problems) = GivenHost.Read(options.Topology.Name, topology, verbs.Around, cancel);
        if (request.Parse.GetValue(options.Memory) is { } memory)
        {
            host = host with { Memory = GivenHost.Read(options.Memory.Name, memory, verbs.Around, cancel).Host.Memory };
        }

        var situation = options.Situation(request);
        List<FitReport> reports =
        [
            .. reading.Guests
                .Select(guest => FitCheck.Check(new FitQuestion(guest.Pins, host, situation, At: request.Now)))
                .OrderByDescending(report => report.Verdict),
        ];
        Remarks.Write(
            verbs.Around.Err,
            request,
            reading.Guests.SelectMany(guest => guest.Problems).Select(problem => problem.With(path)).Concat(problems).Select(problem => problem.ToString()));
        return Print(verbs, request, request.Now, reports);
    }

    // The host as the store knows it, with the guests that are there.
    private static ExitCode DomainThere(Verbs verbs, Request request, FitOptions options, StoreReader store, CancellationToken cancel)
    {
        var path = request.Parse.GetValue(options.Domain)!;
        var guests = Domains(verbs, options, path).Guests;
        var fleet = Fleet.Read(store, request, withMemory: true, cancel);
        var host = fleet.HostKey(options.Host.Name, request.Parse.GetValue(options.Host)!);
        var known = guests.Select(guest => fleet.Guests.GetValueOrDefault(GuestKey.For(host, guest.Pins))).OfType<GuestState>();
        var wanted = FleetCheck.Wanted(known);
        var check = new FleetCheck(fleet.State(
            wanted.Count == 0 ? new Dictionary<Circumstances, HostTopology>() : store.Ask(new CircumstancesQuestion(wanted), cancel)));
        var situation = options.Situation(request) ?? Situation.Start;
        List<FitReport> reports =
        [
            .. guests.Select(guest => check.Judge(guest.Pins, fleet.AsOf.At, host, situation)).OrderByDescending(report => report.Verdict),
        ];
        Remarks.Write(verbs.Around.Err, request, guests.SelectMany(guest => guest.Problems).Select(problem => problem.With(path).ToString()));
        return Print(verbs, request, fleet.AsOf.At, reports);
    }

    private static DomainReading Domains(Verbs verbs, FitOptions options, string path)
    {
        var reading = DomainDocuments.Parse(GivenBytes.Read(options.Domain.Name, path, verbs.Around), path == "-" ? null : Path.GetFileNameWithoutExtension(path));
        return reading.Refused is { } refused
            ? throw new Refusal(ExitCode.SourceUnusable, $"--domain {refused.With(path)}", "virsh dumpxml GUEST prints such a document")
            : reading;
    }

    private static ExitCode Print(Verbs verbs, Request request, DateTimeOffset at, List<FitReport> reports)
    {
        Printer.Print(
            verbs.Around.Out,
            request,
            new Answer<FitReport>("FitReport", at, reports, () => FactJson.Default.FitReport),
            new FitRendering());
        return reports.TrueForAll(report => report.Verdict == Verdict.Fits) ? ExitCode.Yes : ExitCode.No;
    }
}
