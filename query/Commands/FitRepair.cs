using System.Text.Json;
using NumaHistory.Query.Arguments;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Repair;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>fit --repair: what would fit again, shown; never applied.</summary>
internal static class FitRepair
{
    public static void Print(
        Verbs verbs, Request request, DateTimeOffset at, List<(FitQuestion Question, FitReport Report)> judged)
    {
        List<Repaired> items =
        [
            .. judged.Zip(RepairSeries.Plan(judged), (one, repair) => new Repaired(one.Report, one.Question.Guest.ManagedBy, repair)),
        ];
        if (request.Format is not (OutputFormat.Xml or OutputFormat.Virsh or OutputFormat.Xl))
        {
            Printer.Print(verbs.Around.Out, request, new Answer<Repaired>("FitReport", at, items, Type: null) { WriteItem = WriteItem }, new RepairRendering());
            return;
        }

        RefuseManaged(request.Format, items);
        Remarks.Write(verbs.Around.Err, request, items.Select(item => Missing(request.Format, item)).OfType<string>());
        // What runs and what will start are repaired by the same lines; those of the running guest say both.
        List<RepairPlan> plans =
        [
            .. items.Where(item => Missing(request.Format, item) is null)
                .GroupBy(item => (item.Report.Guest, item.Report.Host))
                .Select(guest => guest.OrderBy(item => item.Report.Situation).First().Repair.Plan!),
        ];
        verbs.Around.Out.WriteText(text => RepairText.Write(text, request.Format, plans));
    }

    private static void RefuseManaged(OutputFormat format, List<Repaired> items)
    {
        if (format == OutputFormat.Virsh && items is [{ ManagedBy: { } manager } item] && item.Report.Verdict != Verdict.Fits)
        {
            throw new Refusal(
                ExitCode.Usage,
                Cleaned.Text($"-o virsh: {item.Report.Guest} is managed by {manager}, which would undo what virsh does"),
                "numa-history fit GUEST --repair shows the manager's way");
        }
    }

    private static string? Missing(OutputFormat format, Repaired item) =>
        item.Repair.Why is { } why ? $"{item.Report.Guest}: {why}"
        : format == OutputFormat.Virsh && item.ManagedBy is { } manager ? $"{item.Report.Guest}: managed by {manager}, which would undo what virsh does"
        : format == OutputFormat.Virsh && item.Repair.Plan!.Commands.Count == 0 ? $"{item.Report.Guest}: {item.Repair.Plan.Notes[0]}"
        : null;

    private static void WriteItem(Utf8JsonWriter writer, Repaired item)
    {
        writer.WriteStartObject();
        RepairedJson.Members(writer, item.Report, item.Repair);
        writer.WriteEndObject();
    }
}
