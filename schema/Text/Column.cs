namespace NumaHistory.Schema.Text;

/// <summary>A column of a <see cref="Table"/>
public sealed record Column(string Header, bool IsRight = false)
{
    /// <summary>A column for words; one that holds only numbers is set to the right all the same.</summary>
    public static implicit operator Column(string header) => new(header);

    /// <summary>A column for sizes, ages and other text that is compared by its last digit.</summary>
    public static Column Right(string header) => new(header, true);
}
