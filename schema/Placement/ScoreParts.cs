using System.Text.Json.Serialization;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// What a score is made of, so that it can be checked by hand: what every host cell that is used has left, and how far these cells are from each other.
/// Pairs are ordered ones, Distance is the sum of the distances of all of them.
/// </summary>
/// <param name="Policy">The policy that counted.</param>
/// <param name="Cells">Each host cell once.</param>
/// <param name="Pairs">How many ordered pairs of guest cells there are: 0, 2, 6, 12, ...</param>
/// <param name="Distance">10 within a cell; 256 where nothing tells it, 128 then on one socket.</param>
public sealed record ScoreParts(PlacementPolicy Policy, IReadOnlyList<CellLeft> Cells, int Pairs, long Distance)
{
    /// <summary>0 to 100, to one decimal: closest 1000 x pairs / distance; spread the mean of what cells have left; pack what is missing to 100.</summary>
    [JsonIgnore]
    public double Score => Math.Round(
        Policy switch
        {
            PlacementPolicy.Closest => Pairs == 0 ? 100 : Math.Min(100, 1000.0 * Pairs / Distance),
            PlacementPolicy.Pack => 100 - (100 * Left),
            _ => 100 * Left,
        },
        1);

    private double Left => Cells.Sum(cell => cell.Share) / Cells.Count;
}
