namespace NumaHistory.Query.Arguments;

internal enum OutputFormat
{
    Table,
    Wide,
    Json,
    Jsonl,
    Csv,
    Xml,
    Virsh,
    Xl,
    Pins,
}
