using PeerSupport.Services.Persistence;

namespace PeerSupport.Tests.Persistence;

public sealed class GatheringTests
{
    private readonly List<IReadOnlyCollection<int>> asked = [];
    private readonly Queue<TaskCompletionSource> gates = new();

    [Fact]
    public async Task Who_asks_while_a_query_runs_is_answered_by_the_next_one_together()
    {
        var (first, second) = (Gate(), Gate());
        var gathering = new Gathering<int, string>(AnswerAsync);
        var early = gathering.AskAsync(1, TestContext.Current.CancellationToken);
        await UntilAsync(() => asked.Count == 1);
        var late = Enumerable.Range(1, 50).Select(n => gathering.AskAsync(n, TestContext.Current.CancellationToken)).ToList();
        first.SetResult();
        second.SetResult();
        (await early).ShouldBe("1");
        (await Task.WhenAll(late)).ShouldBe(Enumerable.Range(1, 50).Select(n => n == 13 ? null : $"{n}"));
        asked.Select(keys => keys.Count).ShouldBe([1, 50]);
    }

    [Fact]
    public async Task The_same_question_is_asked_once_and_a_fault_is_told_to_all_who_waited_and_to_nobody_later()
    {
        var gate = Gate();
        var fail = true;
        var gathering = new Gathering<int, string>(async keys => fail ? throw new TimeoutException("down") : await AnswerAsync(keys));
        var waiting = Enumerable.Range(0, 5).Select(_ => gathering.AskAsync(7, TestContext.Current.CancellationToken)).ToList();
        foreach (var one in waiting)
            await Should.ThrowAsync<TimeoutException>(() => one);
        fail = false;
        gate.SetResult();
        (await gathering.AskAsync(7, TestContext.Current.CancellationToken)).ShouldBe("7");
        asked.ShouldHaveSingleItem().ShouldBe([7]);
    }

    [Fact]
    public async Task Who_leaves_does_not_keep_the_others_waiting()
    {
        var gate = Gate();
        var gathering = new Gathering<int, string>(AnswerAsync);
        using var leaving = new CancellationTokenSource();
        var gone = gathering.AskAsync(1, leaving.Token);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => gone);
        gates.Enqueue(gate);
        gate.SetResult();
        (await gathering.AskAsync(2, TestContext.Current.CancellationToken)).ShouldBe("2");
    }

    private TaskCompletionSource Gate()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gates.Enqueue(gate);
        return gate;
    }

    /// <summary>Thirteen has no answer.</summary>
    private async Task<IReadOnlyDictionary<int, string>> AnswerAsync(IReadOnlyCollection<int> keys)
    {
        asked.Add(keys);
        await gates.Dequeue().Task;
        return keys.Where(key => key != 13).ToDictionary(key => key, key => $"{key}");
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
            await Task.Delay(5, limit.Token);
    }
}
