namespace NumaHistory.Query.Commands;

/// <summary>Where the question of <c>fit</c> comes from.</summary>
internal enum FitMode
{
    /// <summary>Guests in the store.</summary>
    Store,

    /// <summary>Guests of the store, through recorded history.</summary>
    Replay,

    /// <summary>Every guest of the store on every host.</summary>
    Matrix,

    /// <summary>Domain XML against a host from a file.</summary>
    Documents,

    /// <summary>Domain XML on a host of the store.</summary>
    DomainThere,

    /// <summary>Whole questions in JSON Lines.</summary>
    Problem,
}
