using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Replay;

/// <summary>
/// A stretch in which one question about a guest stays the same but for free memory; it ends where the next begins. Question null: the guest is
/// nowhere.
/// </summary>
internal sealed record AskedStretch(DateTimeOffset From, string Host, FitQuestion? Question, Grounds? Grounds, bool AsksMemory, Moments.Moment Moment);
