using System.Runtime.ExceptionServices;
using Npgsql;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading;

/// <summary>
/// A store, opened by the first question, so that words typed wrong are named before anybody connects. The first
/// questions carry the check of its version along, so that a verb is one round trip; every failure leaves as a <see
/// cref="Refusal"/> that names the store. The client library is called synchronously, on a thread that is left behind
/// on cancellation: a process that asks once would spend more time on compiling state machines than on its answer.
/// </summary>
internal sealed class StoreReader(Func<StoreTarget> find, TimeSpan timeout) : IDisposable
{
    private StoreTarget? _target;
    private NpgsqlDataSource? _source;
    private NpgsqlConnection? _connection;
    private bool _isChecked;
    private Task _asking = Task.CompletedTask;

    public T Ask<T>(IQuestion<T> question, CancellationToken cancel)
    {
        T? answer = default;
        Ask([Part.Of(question, value => answer = value)], cancel);
        return answer!;
    }

    public (T1 First, T2 Second) Ask<T1, T2>(
        IQuestion<T1> first, IQuestion<T2> second, CancellationToken cancel)
    {
        (T1, T2) answer = default;
        Ask([Part.Of(first, v => answer.Item1 = v), Part.Of(second, v => answer.Item2 = v)], cancel);
        return answer;
    }

    public (T1 First, T2 Second, T3 Third) Ask<T1, T2, T3>(
        IQuestion<T1> first, IQuestion<T2> second, IQuestion<T3> third, CancellationToken cancel)
    {
        (T1, T2, T3) answer = default;
        Ask(
            [
                Part.Of(first, v => answer.Item1 = v),
                Part.Of(second, v => answer.Item2 = v),
                Part.Of(third, v => answer.Item3 = v),
            ],
            cancel);
        return answer;
    }

    public (T1 First, T2 Second, T3 Third, T4 Fourth) Ask<T1, T2, T3, T4>(
        IQuestion<T1> first, IQuestion<T2> second, IQuestion<T3> third, IQuestion<T4> fourth, CancellationToken cancel)
    {
        (T1, T2, T3, T4) answer = default;
        Ask(
            [
                Part.Of(first, v => answer.Item1 = v),
                Part.Of(second, v => answer.Item2 = v),
                Part.Of(third, v => answer.Item3 = v),
                Part.Of(fourth, v => answer.Item4 = v),
            ],
            cancel);
        return answer;
    }

    public (T1 First, T2 Second, T3 Third, T4 Fourth, T5 Fifth) Ask<T1, T2, T3, T4, T5>(
        IQuestion<T1> first, IQuestion<T2> second, IQuestion<T3> third, IQuestion<T4> fourth, IQuestion<T5> fifth, CancellationToken cancel)
    {
        (T1, T2, T3, T4, T5) answer = default;
        Ask(
            [
                Part.Of(first, v => answer.Item1 = v),
                Part.Of(second, v => answer.Item2 = v),
                Part.Of(third, v => answer.Item3 = v),
                Part.Of(fourth, v => answer.Item4 = v),
                Part.Of(fifth, v => answer.Item5 = v),
            ],
            cancel);
        return answer;
    }

    public void Dispose()
    {
        // A connection that another thread still waits on is no longer ours to close; the process ends.
        if (_asking.IsCompleted)
        {
            _connection?.Dispose();
            _source?.Dispose();
        }
    }

    private void Ask(IReadOnlyList<Part> questions, CancellationToken cancel)
    {
        _asking = Task.Run(() => Ask(questions), cancel);
        try
        {
            _asking.Wait(cancel);
        }
        catch (AggregateException error) when (error.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
        }
    }

    private void Ask(IReadOnlyList<Part> questions)
    {
        var store = _target ??= find();
        try
        {
            IReadOnlyList<Part> parts = _isChecked
                ? questions
                : [Part.Of(new StoreVersionQuestion(), found => StoreVersion.Check(found, store.Name)), .. questions];
            using var batch = new NpgsqlBatch(Open(store));
            foreach (var part in parts)
            {
                batch.BatchCommands.Add(part.Command);
            }

            using var reader = batch.ExecuteReader();
            foreach (var part in parts)
            {
                part.Read(reader);
                reader.NextResult();
            }

            _isChecked = true;
        }
        catch (Exception error) when (StoreTrouble.Explain(error, store) is { } refusal)
        {
            throw refusal;
        }
    }

    private NpgsqlConnection Open(StoreTarget store)
    {
        if (_connection is null)
        {
            _source = StoreConnection.Source(store, timeout);
            _connection = _source.CreateConnection();
            _connection.Open();
        }

        return _connection;
    }

    private sealed record Part(NpgsqlBatchCommand Command, Action<NpgsqlDataReader> Read)
    {
        public static Part Of<T>(IQuestion<T> question, Action<T> keep) =>
            new(question.Ask(), reader => keep(question.Read(reader)));
    }
}
