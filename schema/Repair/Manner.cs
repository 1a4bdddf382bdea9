namespace NumaHistory.Schema.Repair;

/// <summary>How CPUs are dealt out within chosen cells.</summary>
internal enum Manner
{
    /// <summary>Whoever can stay stays; units of a core go to cores that no other of them has.</summary>
    Careful,

    /// <summary>All anew, because who stays may leave no whole core for another.</summary>
    Anew,

    /// <summary>Whoever can stay stays; siblings may be parted and cores shared where there is no other way.</summary>
    Loose,
}
