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
            FitMode.Matrix => verbs.Ask(request, cancel, (store, stop) => FitMatrix.Answer(verbs, request, options, store, stop)),
            _ => verbs.Ask(request, cancel, (store, stop) => Guests(verbs, request, options, store, stop)),
        });
    }

    private static ExitCode Guests(Verbs verbs, Request request, FitOptions options, StoreReader store, CancellationToken cancel)
    {
        var situation = options.Situation(request);
        var fleet = Fleet.Read(store, request, withMemory: true, request.Parse.GetValue(options.Host), cancel);
        var guests = GuestLookup.Select(fleet, request.Parse.GetValue(options.Guests));
        var target = request.Parse.GetValue(options.Host) is { } host ? fleet.HostKey(options.Host.Name, host) : null;
        var check = new FleetCheck(fleet.State(store, guests, cancel) with
        { Edits = options.Edits.Of(request, fleet.Topologies(guests.Select(guest => target ?? guest.Host))), Limits = options.Ratios.Of(request) });
        List<(FitQuestion Question, FitReport Report)> judged =
        [
            .. guests.SelectMany(guest => check.Judged(guest, fleet.AsOf.At, target, situation))
                .OrderByDescending(one => one.Report.Verdict)
                .ThenBy(one => one.Report.Guest, StringComparer.Ordinal),
        ];
        Remarks.Write(verbs.Around.Err, request, Remarks.OnGuests(request, fleet.Guests.Count, guests, [.. judged.Select(one => one.Report)])
            .Concat(target is null ? Remarks.OnPlans(guests, key => fleet.HostName(key)!) : []));
        var known = MomentLookup.When(store, null, request.KnownAt, request.Parse.GetValue(options.Host), cancel).KnownAt;
        var code = Print(verbs, request, options, fleet.AsOf.At, OfflineProofs.Found(store, fleet, known, judged, cancel));
        return request.Parse.GetValue(options.Guests) is { Length: > 0 } && guests.Any(guest => !judged.Exists(one => one.Question.Guest.Uuid == guest.Guest.ToString()))
            ? ExitCode.No
            : code;
    }

    private static ExitCode Problems(Verbs verbs, Request request, FitOptions options, CancellationToken cancel)
    {
        var path = request.Parse.GetValue(options.Problem)!;
        if (path == "-")
        {
            return FitProblems.Answer(verbs.Around.In, verbs.Around.Out, request.Parse.GetValue(options.Repair), cancel);
        }

        using var text = new StreamReader(new MemoryStream(GivenBytes.Read(options.Problem.Name, path, verbs.Around).ToArray(), writable: false));
        return FitProblems.Answer(text, verbs.Around.Out, request.Parse.GetValue(options.Repair), cancel);
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
        if (options.Edits.MemoryFile(request) is { } memory)
        {
            host = host with { Memory = GivenHost.Read(options.Edits.Memory.Name, memory, verbs.Around, cancel).Host.Memory };
        }

        host = options.Edits.Of(request, [host]).Of(host);
        var situation = options.Situation(request);
        List<(FitQuestion Question, FitReport Report)> judged =
        [
            .. reading.Guests
                .Select(guest => new FitQuestion(guest.Pins, host, situation, At: request.Now))
                .Select(question => (question, FitCheck.Check(question)))
                .OrderByDescending(one => one.Item2.Verdict),
        ];
        Remarks.Write(
            verbs.Around.Err,
            request,
            reading.Guests.SelectMany(guest => guest.Problems).Select(problem => problem.With(path)).Concat(problems).Select(problem => problem.ToString()));
        return Print(verbs, request, options, request.Now, judged);
    }

    // The host as the store knows it, with the guests that are there.
    private static ExitCode DomainThere(Verbs verbs, Request request, FitOptions options, StoreReader store, CancellationToken cancel)
    {
        var path = request.Parse.GetValue(options.Domain)!;
        var guests = Domains(verbs, options, path).Guests;
        var fleet = Fleet.Read(store, request, withMemory: true, request.Parse.GetValue(options.Host), cancel);
        var host = fleet.HostKey(options.Host.Name, request.Parse.GetValue(options.Host)!);
        var known = guests.Select(guest => fleet.Guests.GetValueOrDefault(GuestKey.For(host, guest.Pins))).OfType<GuestState>();
        var check = new FleetCheck(fleet.State(store, known, cancel) with
        { Edits = options.Edits.Of(request, fleet.Topologies([host])), Limits = options.Ratios.Of(request) });
        var situation = options.Situation(request) ?? Situation.Start;
        List<(FitQuestion Question, FitReport Report)> judged =
        [
            .. guests.Select(guest => check.Judged(guest.Pins, fleet.AsOf.At, host, situation)).OrderByDescending(one => one.Report.Verdict),
        ];
        Remarks.Write(verbs.Around.Err, request, guests.SelectMany(guest => guest.Problems).Select(problem => problem.With(path).ToString()));
        return Print(verbs, request, options, fleet.AsOf.At, judged);
    }

    private static DomainReading Domains(Verbs verbs, FitOptions options, string path)
    {
        var reading = DomainDocuments.Parse(GivenBytes.Read(options.Domain.Name, path, verbs.Around), path == "-" ? null : Path.GetFileNameWithoutExtension(path));
        return reading.Refused is { } refused
            ? throw new Refusal(ExitCode.SourceUnusable, $"--domain {refused.With(path)}", "virsh dumpxml GUEST prints such a document")
            : reading;
    }

    private static ExitCode Print(
        Verbs verbs, Request request, FitOptions options, DateTimeOffset at, List<(FitQuestion Question, FitReport Report)> judged)
    {
        if (request.Parse.GetValue(options.Repair))
        {
            FitRepair.Print(verbs, request, at, judged);
        }
        else
        {
            Printer.Print(
                verbs.Around.Out,
                request,
                new Answer<FitReport>("FitReport", at, [.. judged.Select(one => one.Report)], () => FactJson.Default.FitReport),
                new FitRendering());
        }

        return judged.TrueForAll(one => one.Report.Verdict == Verdict.Fits) ? ExitCode.Yes : ExitCode.No;
    }
}
