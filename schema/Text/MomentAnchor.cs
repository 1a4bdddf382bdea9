namespace NumaHistory.Schema.Text;

/// <summary>Points in the recorded life of one host that TIME can name.</summary>
public enum MomentAnchor
{
    /// <summary>The host's latest recorded boot.</summary>
    Boot,

    /// <summary>The host's oldest observation.</summary>
    First,

    /// <summary>The host's newest observation.</summary>
    Last,
}
