using System.Text;
using Npgsql;
using NumaHistory.Schema.Events;

namespace NumaHistory.Recorder.Store;

/// <summary>A stored fact as two columns of a row: its stored name and its data as text.</summary>
internal static class FactRow
{
    public static IHostFact Read(NpgsqlDataReader row, int column) =>
        EventJson.Read(row.GetString(column), Encoding.UTF8.GetBytes(row.GetString(column + 1)));
}
