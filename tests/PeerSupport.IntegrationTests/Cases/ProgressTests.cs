using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.IntegrationTests.Persistence;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>The page of one case: how its notice spreads, for its psychologist and nobody else.</summary>
public sealed class ProgressTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        await app.Owner("update peers set on_duty = false");
        await app.Owner("update peers set on_duty = true, tags = case when person_id = $1 then array[3] else array[]::int[] end where person_id = any($2)", Id(1), new[] { Id(1), Id(2), Id(3), Id(4) });
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task She_sees_what_became_of_each_wave_and_what_comes_next()
    {
        var id = await Post();
        await using var mail = new MailRoom(app) { Fault = line => line.Contains("peer3@", StringComparison.Ordinal) && line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 No such box" : null };
        await mail.SendWhatIsDue();
        var first = await Read(id);
        first.Waves.ShouldHaveSingleItem().ShouldBe(new WaveCounts(Waves.BestMatch, 1, 1, 0, 0, 0, 0));
        (first.OnBoardOnly, first.Wave, first.NextAt).ShouldBe((3, Waves.BestMatch, app.Clock.GetUtcNow().AddMinutes(5)));

        await app.Get<PeerBoards>().DeclineAsync(await app.As("peer1"), id, Token);
        await app.Get<PeerBoards>().ReadNoticeAsync(await app.As("peer2"), id, Token);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await app.Get<Errands>().RunDueAsync(Token);
        (await Read(id)).Waves[1].Waiting.ShouldBe(3);
        await mail.SendWhatIsDue();
        (await Read(id)).Waves.ShouldBe([new WaveCounts(Waves.BestMatch, 1, 1, 0, 1, 1, 0), new WaveCounts(Waves.Group, 3, 2, 0, 1, 0, 1)]);
    }

    [Fact]
    public async Task Each_peer_counts_once_by_whatever_way_and_whom_every_alert_failed_counts_as_not_alerted()
    {
        await app.Owner("insert into alert_channels (id, person_id, kind, target, name, added_at) select gen_random_uuid(), one, kind, 'https://push.example/' || one, 'Phone', now() from unnest($1::uuid[]) one, unnest(array[3, 4]) kind", new[] { Id(2), Id(3), Id(4) });
        var id = await Post();
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await app.Get<Errands>().RunDueAsync(Token);
        (await Listed()).ShouldBe(new NoticeCounts(4, 4, 0, 4, 0, 0, 0));

        await Settle(2, Channel.Mail, DeliveryState.Failed);
        await Settle(2, Channel.Push, DeliveryState.Sent);
        await Settle(3, Channel.Mail, DeliveryState.Failed);
        await Settle(3, Channel.Push, DeliveryState.Failed);
        await Settle(3, Channel.Gateway, DeliveryState.Covered);
        foreach (var way in new[] { Channel.Mail, Channel.Push, Channel.Gateway })
            await Settle(4, way, DeliveryState.Sent);
        (await Listed()).ShouldBe(new NoticeCounts(4, 3, 2, 1, 0, 0, 1));
        (await Read(id)).Waves[1].ShouldBe(new WaveCounts(Waves.Group, 3, 2, 0, 0, 0, 1));
        (await Read(id)).OnBoardOnly.ShouldBe(1, "nobody told them");

        await app.Get<PeerBoards>().ReadNoticeAsync(await app.As("peer3"), id, Token);
        (await Listed()).ShouldBe(new NoticeCounts(4, 3, 3, 1, 1, 0, 0));
        (await Read(id)).Waves[1].Failed.ShouldBe(0, "they have looked");
    }

    [Fact]
    public async Task Whom_every_alert_failed_is_among_those_to_call()
    {
        await app.Owner("update people set phone = '206-555-0101' where id = any($1)", new[] { Id(1), Id(2) });
        var id = await Post();
        await using var mail = new MailRoom(app) { Fault = line => line.Contains("peer1@", StringComparison.Ordinal) && line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 No such box" : null };
        await mail.SendWhatIsDue();
        app.Clock.Advance(TimeSpan.FromMinutes(60));
        await app.Get<Errands>().RunDueAsync(Token);
        await mail.SendWhatIsDue();
        (await Read(id)).Callable.Select(peer => (peer.Name, peer.Why)).ShouldBe([("peer2", CallReason.NoAnswer), ("peer1", CallReason.Failed)]);
    }

    [Fact]
    public async Task Who_cannot_be_alerted_is_named_before_it_matters_and_whom_to_call_when_nobody_has_it()
    {
        await app.Owner("insert into alert_channels (id, person_id, kind, target, name, added_at, refused_at) values (gen_random_uuid(), $1, 2, '', 'Mail', now(), now())", Id(2));
        await app.Owner("update people set phone = '206-555-01' || right('0' || substr(display_name, 5), 2) where display_name = any(array['peer2', 'peer3', 'peer4', 'peer5', 'peer6', 'peer7'])");
        await app.Owner("update peers set paused_until = '2027-01-01' where person_id = $1", Id(6));
        var choices = (await app.Get<PostingChoices>().ReadAsync(await app.As("okafor"), Token)).Value;
        choices.WithoutChannel.ShouldBe(1);
        var id = await Post("peer7");
        (await Read(id)).WithoutChannel.ShouldBe(["peer2"]);
        (await Read(id)).Callable.ShouldBeEmpty("not yet");
        await app.Get<PeerBoards>().DeclineAsync(await app.As("peer4"), id, Token);
        await using var mail = new MailRoom(app);
        app.Clock.Advance(TimeSpan.FromMinutes(60));
        await app.Get<Errands>().RunDueAsync(Token);
        await app.Owner("update peers set on_duty = false where person_id = $1", Id(3)); // before its mail leaves
        await mail.SendWhatIsDue();
        (await Read(id)).Callable.Select(peer => (peer.Name, peer.Why)).ShouldBe([("peer2", CallReason.NoAnswer), ("peer3", CallReason.OffDuty), ("peer5", CallReason.OffDuty)]);
    }

    [Fact]
    public async Task S01_No_psychologist_sees_a_case_of_another_agency_nor_one_that_is_not_hers()
    {
        var next = Guid.NewGuid();
        await app.Owner("insert into agencies (id, region_id, name) values ($1, $2, 'Next Door')", next, TestPeople.Region);
        var id = await Post();
        foreach (var agency in new[] { TestPeople.Agency, next })
        {
            await app.Owner("update people set agency_id = $2 where id = $1", TestPeople.Ids["lindgren"], agency);
            var other = await app.As("lindgren");
            (await app.Get<CaseProgress>().ReadAsync(other, id, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
            (await app.Get<WidenNow>().WidenAsync(other, id, Waves.BestMatch, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
            (await app.Get<PostedCaseList>().ReadAsync(other, null, 1, Token)).Value.Cases.ShouldBeEmpty();
            (await app.Connections.Board.CountWith("app.actor", other.PersonId.ToString(), "support_cases")).ShouldBe(0);
            (await app.Connections.Board.CountWith("app.actor", other.PersonId.ToString(), "deliveries")).ShouldBe(0);
        }

        foreach (var name in new[] { "peer1", "clinician", "coordinator", "administrator" })
            (await app.Get<CaseProgress>().ReadAsync(await app.As(name), id, Token)).Refusal.ShouldBe(CaseRefusals.NotFound, name);
    }

    private static Guid Id(int n) => TestPeople.Ids[$"peer{n}"];

    private Task<Guid> Post(params string[] keptAway) => app.GivenOpenCase(form: TestApp.Form(keptAway: keptAway) with { WantedTags = [PeerTag.Veteran] });

    private Task<object?> Settle(int n, Channel way, DeliveryState state) =>
        app.Superuser("update deliveries set state = $3 where peer_id = $1 and channel = $2", Id(n), (int)way, (int)state);

    private async Task<NoticeCounts> Listed() => (await app.Get<PostedCaseList>().ReadAsync(await app.As("okafor"), null, 1, Token)).Value.Cases.Single().Counts;

    private async Task<PostedCaseProgress> Read(Guid id) => (await app.Get<CaseProgress>().ReadAsync(await app.As("okafor"), id, Token)).Value;
}
