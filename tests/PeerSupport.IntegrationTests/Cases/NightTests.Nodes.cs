namespace PeerSupport.IntegrationTests.Cases;

/// <summary>The two nodes: their time, what they have still to do, and how each is killed.</summary>
public sealed partial class NightTests
{
    private async Task StartNodeAsync() =>
        nodes.Add(await NightNode.StartAsync(app, time, folder, line => world.Dead.Any(box => line.Contains($"<{box}>", StringComparison.Ordinal)), Token));

    /// <summary>For this test and for the nodes.</summary>
    private void Show(DateTimeOffset now)
    {
        app.Clock.SetUtcNow(now);
        time.Set(now);
    }

    /// <summary>One node has all the work, and is killed at it. What it had claimed stays with it until the claim lapses.</summary>
    private async Task KillAsync(NightNode victim, NightNode other, string word)
    {
        await other.StandStillAsync(true);
        victim.KillAt(word, 1);
        await UntilAsync(() => Task.FromResult(victim.Dead));
        await using (var command = database.CreateCommand("select array(select id from deliveries where state = 2 union all select id from messages where state = 2)"))
            orphans = (Guid[])(await command.ExecuteScalarAsync(Token))!;
        await other.StandStillAsync(false);
    }

    /// <summary>How much the nodes have still to do at this time, or are at.</summary>
    private async Task<long> DueAsync()
    {
        await using var command = database.CreateCommand(
            """
            select (select count(*) from errands where due_at <= $1 and (claimed_until is null or claimed_until <= $1))
                 + (select count(*) from deliveries where (state = 1 and due_at <= $1) or (state = 2 and (claimed_until < $1 or id <> all($2))))
                 + (select count(*) from messages where (state = 1 and due_at <= $1) or (state = 2 and (claimed_until < $1 or id <> all($2))))
            """);
        command.Parameters.AddWithValue(app.Clock.GetUtcNow());
        command.Parameters.AddWithValue(orphans);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    /// <summary>While this test waits, a little time goes by for the nodes, as it always does: they look again every few seconds.</summary>
    private async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        for (var looks = 1; !await condition(); looks++)
        {
            await Task.Delay(10, limit.Token);
            if (looks % 4 == 0 && app.Clock.GetUtcNow().Second < 55)
                Show(app.Clock.GetUtcNow().AddSeconds(1));
        }
    }
}
