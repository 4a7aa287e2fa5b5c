using Npgsql;
using PeerSupport.DevKit;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>
/// A night of fifty cases, two hundred peers and two nodes, each of which is killed once. Everybody answers at random, by
/// a seed that is printed; the test keeps its own account of who may be woken.
/// </summary>
public sealed class NightTests(TestServer server) : IAsyncLifetime
{
    private const int Minutes = 8 * 60;
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private readonly SmtpSink mail = SmtpSink.Start();
    private readonly List<(DateTimeOffset At, NightPeer Peer, NightCase Case, bool Accepts)> plans = [];
    private readonly Dictionary<string, (NightPeer Peer, NightCase Case)> deliveries = new(StringComparer.Ordinal);
    private readonly HashSet<string> woken = new(StringComparer.Ordinal);
    private TestApp app = null!;
    private NpgsqlDataSource database = null!;
    private Random dice = null!;
    private NightWorld world = null!;
    private int read;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        database = app.SuperuserSource();
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await mail.DisposeAsync();
        await app.DisposeAsync();
    }

    [Theory]
    [InlineData(20261124)]
    public async Task In_a_night_with_two_killed_nodes_every_case_finds_somebody_or_its_psychologist_knows_and_nobody_is_woken_who_must_not_be(int seed)
    {
        (dice, app.Clock.AutoAdvanceAmount) = (new Random(seed), TimeSpan.Zero);
        world = new NightWorld(dice);
        await app.Owner("update peers set on_duty = false");
        await app.Owner("update agencies set time_zone = 'Etc/UTC'");
        await world.FillAsync(app, 200);
        app.Clock.Advance(new DateTimeOffset(2026, 11, 9, 22, 0, 0, TimeSpan.Zero) - app.Clock.GetUtcNow());
        mail.Fault = line => line.StartsWith("RCPT", StringComparison.Ordinal) && world.Dead.Any(box => line.Contains($"<{box}>", StringComparison.Ordinal)) ? "550 5.1.1 No such box" : null;

        List<NightNode> nodes = [new(app, mail.Port), new(app, mail.Port)];
        try
        {
            for (var minute = 0; minute < Minutes; minute++)
            {
                if (minute < 400 && minute % 8 == 0)
                    await PostAsync();
                if (minute is 160 or 320) // in the middle of a minute in which there is something to do
                    nodes[minute / 160 - 1].KillAt(dice.Next(4, 12), delivered: minute == 320);
                await Task.WhenAll(nodes.Select(node => Task.Run(() => node.WorkAsync(Token))));
                await LookAsync();
                if (minute is 163 or 323)
                {
                    nodes[minute / 160 - 1].Dead.ShouldBeTrue("it was killed in the middle");
                    nodes.Add(new NightNode(app, mail.Port));
                }

                await AnswerAsync();
                await ChangeDutyAsync();
                app.Clock.Advance(TimeSpan.FromMinutes(1));
            }
        }
        finally
        {
            foreach (var node in nodes)
                await node.DisposeAsync();
        }

        world.Cases.Count.ShouldBe(50);
        world.Cases.Values.Count(one => one.Over).ShouldBeGreaterThan(10, "the night saw closes");
        world.Cases.Values.Count(one => one.ToldAt is not null).ShouldBeGreaterThan(0, "and cases nobody took");
        woken.Count.ShouldBeGreaterThan(200, "and many alerts");
        (await Number("select count(*) from deliveries where channel = 2 and state = 2")).ShouldBe(0, "no claim is left behind");
        (await Number("select count(*) from deliveries d where state <> 5 and not exists (select from support_cases c where c.id = d.case_id)")).ShouldBe(0);
        (await Number("select count(*) from peers p where p.held <> (select count(*) from support_cases c where c.holder_id = p.person_id)")).ShouldBe(0);
        // One of before it was handed back may stand beside it for a while: it finds a step planned after its own time, and goes.
        (await Number("select count(*) from support_cases c where status = 1 and not exists (select from errands e where e.case_id = c.id and e.due_at >= c.next_wave_at)")).ShouldBe(0, "each open case has a next step");
    }

    private async Task PostAsync()
    {
        var urgency = (Urgency)dice.Next(1, 4);
        PeerTag[] wanted = dice.Next(3) switch { 0 => [], 1 => [PeerTag.Veteran], _ => [PeerTag.SpeaksSpanish, PeerTag.OtherAgency] };
        var kept = world.Peers.Values.Where(_ => dice.Next(25) == 0).Select(peer => peer.Id).ToHashSet();
        var form = TestApp.Form() with { Urgency = urgency, WantedTags = wanted, KeptAway = [.. kept] };
        var posted = (await app.Get<PostCase>().PostAsync(NightWorld.Psychologist, form, Token)).Value.Posted.ShouldNotBeNull();
        world.Cases.Add(posted.CaseId, new NightCase { Id = posted.CaseId, Agency = TestPeople.Agency, Urgency = urgency, KeptAway = kept, Since = app.Clock.GetUtcNow() });
    }

    /// <summary>What the mail server has got since the last look, and how far the ladders are.</summary>
    private async Task LookAsync()
    {
        var now = app.Clock.GetUtcNow();
        await using (var command = database.CreateCommand("select id, case_id, peer_id from deliveries where channel = 2"))
        await using (var reader = await command.ExecuteReaderAsync(Token))
        {
            var peers = world.Peers.Values.ToDictionary(peer => peer.Id);
            while (await reader.ReadAsync(Token))
                deliveries[reader.GetGuid(0).ToString("N")] = (peers[reader.GetGuid(2)], world.Cases[reader.GetGuid(1)]);
        }

        var received = mail.Received;
        for (; read < received.Count; read++)
        {
            var (id, to) = (received[read].Message.MessageId!, received[read].To.ShouldHaveSingleItem());
            if (!world.Peers.TryGetValue(to, out var peer))
                continue; // to the psychologist
            var (meant, one) = deliveries[id[..32]];
            meant.ShouldBe(peer);
            NightWorld.WhyNot(peer, one, now).ShouldBeNull($"{to} was woken at {now:HH:mm}");
            // Sent twice only where a node died before it could write down that it was sent, and then under the same id.
            if (woken.Add(id))
                Plan(peer, one, now);
        }

        await LaddersAsync(now);
    }

    /// <summary>Whoever waits longer than the plan says has a psychologist who knows, and everybody who could be woken was.</summary>
    private async Task LaddersAsync(DateTimeOffset now)
    {
        await using var command = database.CreateCommand(
            """
            select c.id, array(select d.peer_id from deliveries d where d.case_id = c.id and d.channel = 2 and d.state <> 5),
                   exists (select from messages m where m.case_id = c.id and m.kind = 16)
            from support_cases c where c.status = 1 and c.wave = 4
            """);
        await using var reader = await command.ExecuteReaderAsync(Token);
        while (await reader.ReadAsync(Token))
        {
            var one = world.Cases[reader.GetGuid(0)];
            if (one.ToldAt is not null)
                continue;
            one.ToldAt = now;
            reader.GetBoolean(2).ShouldBeTrue("the psychologist is mailed");
            var alerted = reader.GetFieldValue<Guid[]>(1).ToHashSet();
            world.Peers.Values.Where(peer => NightWorld.WhyNot(peer, one, now) is null && !alerted.Contains(peer.Id)).ShouldBeEmpty("everybody who could take it was alerted");
        }

        foreach (var one in world.Cases.Values.Where(one => one is { IsOpen: true, ToldAt: null }))
            (now - one.Since).ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(one.Urgency == Urgency.Tonight ? 31 : 61), "nobody has it and nobody was told");
    }

    /// <summary>What this peer will do with the alert.</summary>
    private void Plan(NightPeer peer, NightCase one, DateTimeOffset now)
    {
        if (dice.Next(100) is var roll && roll < 30)
            plans.Add((now.AddMinutes(dice.Next(0, 20)), peer, one, Accepts: roll < 4));
    }

    private async Task AnswerAsync()
    {
        var now = app.Clock.GetUtcNow();
        foreach (var plan in plans.Where(plan => plan.At <= now).ToList())
        {
            plans.Remove(plan);
            if (!plan.Case.IsOpen)
                continue;
            if (!plan.Accepts)
            {
                if ((await app.Get<PeerBoards>().DeclineAsync(NightWorld.ActorOf(plan.Peer), plan.Case.Id, Token)).Succeeded)
                    plan.Case.SaidNo.Add(plan.Peer.Id);
                continue;
            }

            var taken = await app.Get<AcceptCase>().AcceptAsync(NightWorld.ActorOf(plan.Peer), plan.Case.Id, Token);
            taken.Succeeded.ShouldBe(plan.Peer.CanTake(now), taken.Refusal?.Code);
            if (taken.Succeeded)
                (plan.Case.TakenAt, _) = (now, plan.Peer.Holds.Add(plan.Case.Id));
        }

        foreach (var peer in world.Peers.Values.Where(peer => peer.Holds.Count > 0).ToList())
            foreach (var id in peer.Holds.ToList())
                if (dice.Next(40) == 0)
                    await LetGoAsync(peer, world.Cases[id], now);
    }

    /// <summary>Half of them are closed, the others come back to the board.</summary>
    private async Task LetGoAsync(NightPeer peer, NightCase one, DateTimeOffset now)
    {
        if (dice.Next(2) == 0)
        {
            (await app.Get<CloseCase>().CloseAsync(NightWorld.ActorOf(peer), one.Id, CaseOutcome.Supported, Token)).Refusal.ShouldBeNull();
            one.Over = true;
        }
        else
        {
            (await app.Get<HandBack>().HandBackAsync(NightWorld.ActorOf(peer), one.Id, Token)).Refusal.ShouldBeNull();
            peer.HandBacks.Add(now);
            one.KeptAway.Add(peer.Id);
            (one.TakenAt, one.ToldAt, one.Since) = (null, null, now);
        }

        peer.Holds.Remove(one.Id);
    }

    private async Task ChangeDutyAsync()
    {
        var peer = world.Peers.Values.ElementAt(dice.Next(world.Peers.Count));
        peer.OnDuty = !peer.OnDuty;
        await using var command = database.CreateCommand("update peers set on_duty = $2 where person_id = $1");
        command.Parameters.AddWithValue(peer.Id);
        command.Parameters.AddWithValue(peer.OnDuty);
        await command.ExecuteNonQueryAsync(Token);
    }

    private async Task<long> Number(string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
