using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Events;

namespace NumaHistory.Query.Reading;

/// <summary>An event as an item, and as the fact it holds: null for a block, whose extent is given.</summary>
internal sealed record HistoryEntry(HistoryItem Item, IHostFact? Fact, BlockExtent? Block);
