namespace NumaHistory.Schema.Events;

/// <summary>A stored event has a name this program does not know.</summary>
public sealed class UnknownFactException(string name) : Exception($"the event '{name}' is not known to this version")
{
    /// <summary>The stored name.</summary>
    public string Name { get; } = name;
}
