namespace NumaHistory.Schema.Events;

/// <summary>
/// Something that was seen or decided of a guest on a host. Guest is its UUID, or a stand-in made from host and name where it has none
/// (<see cref="GuestKey"/>); Name is the guest's name then.
/// </summary>
public interface IGuestFact : IHostFact
{
    /// <summary>The lasting id of the guest.</summary>
    Guid Guest { get; }

    /// <summary>What the guest was called then.</summary>
    string Name { get; }
}
