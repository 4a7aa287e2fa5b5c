namespace PeerSupport.Services.Persistence;

/// <summary>
/// Many who ask the same kind of question at the same moment are answered by one query: when something changes, a
/// thousand open boards reread at once. Whoever asks is never answered by a query that began before they asked.
/// </summary>
/// <typeparam name="TKey">What is asked about.</typeparam>
/// <typeparam name="TAnswer">What is answered.</typeparam>
/// <param name="ask">Answers many at once; a key that is missing from the answers has none.</param>
internal sealed class Gathering<TKey, TAnswer>(Func<IReadOnlyCollection<TKey>, Task<IReadOnlyDictionary<TKey, TAnswer>>> ask)
    where TKey : notnull
    where TAnswer : class
{
    // Whoever hears the same signal asks within these milliseconds; without them the first would be answered alone.
    private static readonly TimeSpan Company = TimeSpan.FromMilliseconds(5);

    private readonly Lock gate = new();
    private List<(TKey Key, TaskCompletionSource<TAnswer?> Answer)> waiting = [];
    private bool asking;

    /// <summary>The answer to one; null where there is none. A fault of the query is everybody's who waited for it.</summary>
    public Task<TAnswer?> AskAsync(TKey key, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<TAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool first;
        lock (gate)
        {
            waiting.Add((key, answer));
            first = !asking;
            asking = true;
        }

        if (first)
            _ = Task.Run(AnswerAllAsync, CancellationToken.None);
        return answer.Task.WaitAsync(cancellationToken);
    }

    private async Task AnswerAllAsync()
    {
        await Task.Delay(Company);
        while (true)
        {
            List<(TKey Key, TaskCompletionSource<TAnswer?> Answer)> these;
            lock (gate)
            {
                if (waiting.Count == 0)
                {
                    asking = false;
                    return;
                }

                (these, waiting) = (waiting, []);
            }

            await AnswerAsync(these);
        }
    }

    private async Task AnswerAsync(List<(TKey Key, TaskCompletionSource<TAnswer?> Answer)> these)
    {
        try
        {
            var answers = await ask([.. these.Select(one => one.Key).Distinct()]);
            foreach (var (key, answer) in these)
                answer.TrySetResult(answers.GetValueOrDefault(key));
        }
        catch (Exception fault)
        {
            foreach (var (_, answer) in these)
                answer.TrySetException(fault);
        }
    }
}
