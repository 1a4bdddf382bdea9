using Npgsql;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading;

/// <summary>
/// An open store. The first questions carry the check of its version along, so that a verb is one round trip; every failure leaves
/// as a <see cref="Refusal"/> that names the store.
/// </summary>
internal sealed class StoreReader(NpgsqlDataSource source, NpgsqlConnection connection, string store) : IAsyncDisposable
{
    private bool _isChecked;

    public async Task<T> AskAsync<T>(IQuestion<T> question, CancellationToken cancel)
    {
        T? answer = default;
        await AskAsync([Part.Of(question, value => answer = value)], cancel);
        return answer!;
    }

    public async Task<(T1 First, T2 Second)> AskAsync<T1, T2>(
        IQuestion<T1> first, IQuestion<T2> second, CancellationToken cancel)
    {
        (T1, T2) answer = default;
        await AskAsync([Part.Of(first, v => answer.Item1 = v), Part.Of(second, v => answer.Item2 = v)], cancel);
        return answer;
    }

    public async Task<(T1 First, T2 Second, T3 Third)> AskAsync<T1, T2, T3>(
        IQuestion<T1> first, IQuestion<T2> second, IQuestion<T3> third, CancellationToken cancel)
    {
        (T1, T2, T3) answer = default;
        await AskAsync(
            [
                Part.Of(first, v => answer.Item1 = v),
                Part.Of(second, v => answer.Item2 = v),
                Part.Of(third, v => answer.Item3 = v),
            ],
            cancel);
        return answer;
    }

    public async Task<(T1 First, T2 Second, T3 Third, T4 Fourth)> AskAsync<T1, T2, T3, T4>(
        IQuestion<T1> first, IQuestion<T2> second, IQuestion<T3> third, IQuestion<T4> fourth, CancellationToken cancel)
    {
        (T1, T2, T3, T4) answer = default;
        await AskAsync(
            [
                Part.Of(first, v => answer.Item1 = v),
                Part.Of(second, v => answer.Item2 = v),
                Part.Of(third, v => answer.Item3 = v),
                Part.Of(fourth, v => answer.Item4 = v),
            ],
            cancel);
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await source.DisposeAsync();
    }

    private async Task AskAsync(IReadOnlyList<Part> questions, CancellationToken cancel)
    {
        try
        {
            IReadOnlyList<Part> parts = _isChecked
                ? questions
                : [Part.Of(new StoreVersionQuestion(), version => StoreVersion.Check(version, store)), .. questions];
            await using var batch = new NpgsqlBatch(connection);
            foreach (var part in parts)
            {
                batch.BatchCommands.Add(part.Command);
            }

            await using var reader = await batch.ExecuteReaderAsync(cancel);
            foreach (var part in parts)
            {
                await part.ReadAsync(reader, cancel);
                await reader.NextResultAsync(cancel);
            }

            _isChecked = true;
        }
        catch (Exception error) when (StoreTrouble.Explain(error, store) is { } refusal)
        {
            throw refusal;
        }
    }

    private sealed record Part(NpgsqlBatchCommand Command, Func<NpgsqlDataReader, CancellationToken, Task> ReadAsync)
    {
        public static Part Of<T>(IQuestion<T> question, Action<T> keep) => new(
            question.Ask(),
            async (reader, cancel) => keep(await question.ReadAsync(reader, cancel)));
    }
}
