namespace NumaHistory.Schema.Placement;

/// <summary>
/// Guest cells to distinct host cells, by augmenting paths: finds an assignment if there is one, in time that is a product of the numbers,
/// never by trying permutations.
/// </summary>
internal static class Matching
{
    /// <summary>The host cell of each guest cell by index, -1 where one is left over.</summary>
    public static int[] Find(Lack[] lacks, int guests, int hosts)
    {
        var places = new int[guests];
        Span<int> owners = hosts <= 256 ? stackalloc int[hosts] : new int[hosts];
        Span<bool> seen = hosts <= 256 ? stackalloc bool[hosts] : new bool[hosts];
        owners.Fill(-1);
        Array.Fill(places, -1);
        for (var guest = 0; guest < guests; guest++)
        {
            seen.Clear();
            Place(lacks, hosts, guest, places, owners, seen);
        }

        return places;
    }

    private static bool Place(Lack[] lacks, int hosts, int guest, int[] places, Span<int> owners, Span<bool> seen)
    {
        for (var host = 0; host < hosts; host++)
        {
            if (lacks[(guest * hosts) + host] == Lack.None && !seen[host])
            {
                seen[host] = true;
                if (owners[host] < 0 || Place(lacks, hosts, owners[host], places, owners, seen))
                {
                    owners[host] = guest;
                    places[guest] = host;
                    return true;
                }
            }
        }

        return false;
    }
}
