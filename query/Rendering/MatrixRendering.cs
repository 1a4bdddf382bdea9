using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Who can go where: a column for each host where they are few, else where a guest fits and what comes nearest.</summary>
internal sealed class MatrixRendering : IRendering<MatrixItem>
{
    private const int MostColumns = 12;
    private const int MostNames = 5;

    public string[] Fields => ["guest", "on", "host", "situation", "verdict", "codes"];

    public IEnumerable<object?[]> Records(MatrixItem item) =>
        item.Verdicts.Select(one => new object?[] { item.Guest, item.Host, one.Host, FitWording.Of(one.Situation), FitWording.Of(one.Verdict), string.Join(' ', one.Codes) });

    public void Write(TextWriter output, IReadOnlyList<MatrixItem> items, Look look)
    {
        if (items.Count == 0)
        {
            return;
        }

        var hosts = items[0].Verdicts.Select(one => one.Host).ToList();
        var isGrid = hosts.Count <= MostColumns && items.All(item => item.Verdicts.Select(one => one.Host).SequenceEqual(hosts));
        var table = new Table(["guest", "on", .. isGrid ? hosts.Select(host => new Column(host)) : ["fits on"], "nearest miss"]);
        foreach (var item in items)
        {
            table.Row(
            [
                item.Guest,
                item.Host,
                .. isGrid ? item.Verdicts.Select(one => (object?)FitWording.Of(one.Verdict)) : [Names(item)],
                Nearest(item),
            ]);
        }

        table.Write(output, look, (row, line) => items[row].Fits.Count == 0 ? Paint.Verdict(Verdict.Broken, line, look) : line);
    }

    private static string Names(MatrixItem item)
    {
        var names = string.Join(", ", item.Fits.Take(MostNames));
        return item.Fits.Count > MostNames ? $"{names} and {item.Fits.Count - MostNames} more" : names;
    }

    private static string Nearest(MatrixItem item) => item.Nearest is not { } report ? ""
        : $"{report.Host}: {string.Join(", ", report.Findings.Where(finding => finding.Verdict != Verdict.Info).Select(finding => finding.Code).Distinct())}";
}
