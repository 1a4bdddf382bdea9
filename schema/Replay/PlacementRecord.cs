using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Placement;

namespace NumaHistory.Schema.Replay;

/// <summary>Whether a guest would have fitted, as it is found: a new stretch begins where that or its reasons change.</summary>
internal sealed class PlacementRecord
{
    private readonly List<PlacementStretch> _stretches = [];
    private PlacementStretch? _open;

    /// <summary>What was found last.</summary>
    public (bool? Fits, IReadOnlyList<string> Because) Open => (_open!.Fits, _open.Because);

    /// <summary>Whether that was found last too.</summary>
    public bool Says(bool? fits, IReadOnlyList<string> because) => _open is { } open && open.Fits == fits && open.Because.SequenceEqual(because);

    public void Add(DateTimeOffset at, PlacementAnswer answer)
    {
        if (answer.Fits)
        {
            Add(at, true, [], null);
            return;
        }

        var findings = answer.Rejected[0].Findings.Where(finding => finding.Verdict != Verdict.Info).ToList();
        Add(
            at, answer.Rejected[0].IsUnknown ? null : false,
            [.. findings.Select(finding => finding.Code).Distinct()],
            // What the nearest change is about says more than what other cells lack.
            findings.OrderByDescending(finding => finding.Repair is not null).ThenByDescending(finding => finding.Verdict).First().Text);
    }

    public void Add(DateTimeOffset at, bool? fits, IReadOnlyList<string> because, string? text)
    {
        if (!Says(fits, because))
        {
            End(at);
            _open = new PlacementStretch(at, at, fits, because, text);
        }
    }

    public IReadOnlyList<PlacementStretch> Close(DateTimeOffset until)
    {
        // What begins at the very end has no length, and is what holds there.
        if (_open is { } open && open.From >= until)
        {
            _stretches.Add(open with { To = until });
            _open = null;
        }

        End(until);
        return _stretches;
    }

    private void End(DateTimeOffset at)
    {
        if (_open is { } open && at > open.From)
        {
            _stretches.Add(open with { To = at });
        }

        _open = null;
    }
}
