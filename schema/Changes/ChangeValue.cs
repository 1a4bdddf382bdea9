using System.Globalization;
using System.Text.Json.Serialization;

namespace NumaHistory.Schema.Changes;

/// <summary>
/// What a change shows of one side: a number (memory in KiB, a cell's id) or a short text. A side that has nothing to
/// show is null, not an empty value.
/// </summary>
[JsonConverter(typeof(ChangeValueJson))]
public sealed record ChangeValue
{
    private ChangeValue(string? text, long? number) => (Text, Number) = (text, number);

    /// <summary>The text; null when it is a number.</summary>
    public string? Text { get; }

    /// <summary>The number; null when it is a text.</summary>
    public long? Number { get; }

    /// <summary>A text.</summary>
    public static implicit operator ChangeValue(string text) => new(text, null);

    /// <summary>A number.</summary>
    public static implicit operator ChangeValue(long number) => new(null, number);

    /// <inheritdoc/>
    public override string ToString() => Text ?? Number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
