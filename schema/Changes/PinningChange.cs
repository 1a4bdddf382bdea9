using System.Text.Json.Nodes;

namespace NumaHistory.Schema.Changes;

/// <summary>
/// One difference between two pinnings: the part of the contract's JSON that differs (<c>emulator</c>, <c>memory</c>, <c>pins</c> of one
/// vCPU ...), and its value on either side; null = not there.
/// </summary>
public sealed record PinningChange(string Member, int? Vcpu, JsonNode? Before, JsonNode? After);
