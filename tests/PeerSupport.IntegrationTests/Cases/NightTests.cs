using Npgsql;
using PeerSupport.DevKit;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.SteppedClock;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>
/// A night of fifty cases, two hundred peers and two nodes, which are app processes and each killed once. Everybody answers
/// at random, by a seed that is printed; the test keeps its own account of who may be woken.
/// </summary>
public sealed partial class NightTests(TestServer server) : IAsyncLifetime
{
    private const int Minutes = 8 * 60;
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset Evening = new(2026, 11, 9, 22, 0, 0, TimeSpan.Zero);
    private readonly string folder = Directory.CreateTempSubdirectory("peersupport-night-").FullName;
    private readonly List<NightNode> nodes = [];
    private readonly List<(DateTimeOffset At, NightPeer Peer, NightCase Case, bool Accepts)> plans = [];
    private readonly Dictionary<string, (NightPeer Peer, NightCase Case)> deliveries = new(StringComparer.Ordinal);
    private readonly HashSet<string> woken = new(StringComparer.Ordinal);
    private TestApp app = null!;
    private NpgsqlDataSource database = null!;
    private Random dice = null!;
    private NightWorld world = null!;
    private ClockFile time = null!;
    private Guid[] orphans = [];
    private int twice;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        database = app.SuperuserSource();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
        await database.DisposeAsync();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
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
        time = new ClockFile(Path.Combine(folder, "clock"));
        Show(Evening);
        await StartNodeAsync();
        await StartNodeAsync();
        for (var minute = 0; minute < Minutes; minute++)
        {
            Show(Evening.AddMinutes(minute));
            if (minute < 400 && minute % 8 == 0)
                await PostAsync();
            if (minute is 160 or 320) // in the middle of a minute in which there is something to do
                await KillAsync(nodes[minute / 160 - 1], nodes[minute / 160], minute == 160 ? "RCPT" : "KEPT");
            await UntilAsync(async () => await DueAsync() == 0);
            await LookAsync();
            if (minute is 163 or 323)
                await StartNodeAsync();
            await AnswerAsync();
            await ChangeDutyAsync();
        }

        world.Cases.Count.ShouldBe(50);
        world.Cases.Values.Count(one => one.Over).ShouldBeGreaterThan(10, "the night saw closes");
        world.Cases.Values.Count(one => one.ToldAt is not null).ShouldBeGreaterThan(0, "and cases nobody took");
        woken.Count.ShouldBeGreaterThan(200, "and many alerts");
        twice.ShouldBeLessThanOrEqualTo(1, "only the mail that was kept and not yet written down when the second node was killed");
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

        foreach (var mail in nodes.SelectMany(node => node.NewMails()))
        {
            var (id, to) = (mail.Message.MessageId!, mail.To.ShouldHaveSingleItem());
            if (!world.Peers.TryGetValue(to, out var peer))
                continue; // to the psychologist
            var (meant, one) = deliveries[id[..32]];
            meant.ShouldBe(peer);
            NightWorld.WhyNot(peer, one, now).ShouldBeNull($"{to} was woken at {now:HH:mm}");
            // Sent twice only where a node died before it could write down that it was sent, and then under the same id.
            if (woken.Add(id))
                Plan(peer, one, now);
            else
                twice++;
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

    private async Task<long> Number(string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
