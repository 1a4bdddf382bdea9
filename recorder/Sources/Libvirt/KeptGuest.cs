using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>A definition that was parsed, known again by the hash of its XML, and what was last made of it.</summary>
internal sealed class KeptGuest
{
    private readonly byte[] _hash;
    private GuestPins _last;

    public KeptGuest(byte[] hash, GuestPins pins, IReadOnlyList<Problem> problems)
    {
        _hash = hash;
        _last = Pins = pins;
        Problems = problems;
    }

    public ReadOnlySpan<byte> Hash => _hash;

    /// <summary>What the XML says.</summary>
    public GuestPins Pins { get; }

    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>What was in force at the last look.</summary>
    public EffectivePinning? Effective => _last.Effective;

    /// <summary>The pins with what holds now; the same object as last time when nothing is new.</summary>
    public GuestPins With(string? state, string? reason, EffectivePinning? effective)
    {
        if (_last.State != state || _last.StateReason != reason || !ReferenceEquals(_last.Effective, effective))
        {
            _last = Pins with { State = state, StateReason = reason, Effective = effective };
        }

        return _last;
    }
}
