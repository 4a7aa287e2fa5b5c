using PeerSupport.Domain.Cases;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>Nobody looks into case after case by accepting and handing back; and cases of a peer who is gone come back.</summary>
public sealed class HarvestTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task S18_After_three_hand_backs_in_a_day_the_next_accept_waits_and_the_psychologists_are_told_once()
    {
        var next = await app.GivenOpenCase("lindgren");
        for (var n = 0; n < 3; n++)
        {
            (await Accept(next)).Refusal.ShouldBe(n == 0 ? null : CaseRefusals.NotFound);
            var id = n == 0 ? next : await app.GivenHeldCase("peer1");
            await HandBack(id);
            app.Clock.Advance(TimeSpan.FromHours(1));
        }

        var fourth = await app.GivenOpenCase();
        (await Accept(fourth)).Refusal.ShouldBe(CaseRefusals.HandedBackTooOften);
        (await app.Superuser("select count(*) from support_cases where holder_id is not null")).ShouldBe(0L);
        (await app.Superuser("select count(*) from deliveries where case_id = $1 and peer_id = $2", fourth, TestPeople.Ids["peer1"])).ShouldBe(0L, "nor is it offered");
        (await app.Superuser("select count(*) from messages where kind = 18 and case_id is null")).ShouldBe(2L, "the two psychologists of the agency, once each");
        var waiting = (await app.Get<HandBackWatch>().ReadAsync(await app.As("lindgren"), Token)).Value.ShouldHaveSingleItem();
        waiting.ShouldBe(new WaitingPeer("peer1", 3, app.Clock.GetUtcNow().AddHours(21)));

        app.Clock.Advance(TimeSpan.FromHours(21) + TimeSpan.FromSeconds(1));
        (await Accept(fourth)).Refusal.ShouldBeNull("the first of the three is over a day old");
        await HandBack(fourth);
        ((DateTime[])(await app.Superuser("select hand_backs from peers where person_id = $1", TestPeople.Ids["peer1"]))!).Length.ShouldBe(3, "what counts no more is forgotten");
    }

    [Fact]
    public async Task S18_Closing_at_once_counts_like_handing_back_and_closing_after_a_talk_does_not()
    {
        for (var n = 0; n < 4; n++)
        {
            var id = await app.GivenHeldCase("peer1");
            app.Clock.Advance(n == 0 ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(2));
            (await app.Get<CloseCase>().CloseAsync(await app.As("peer1"), id, CaseOutcome.Supported, Token)).Refusal.ShouldBeNull();
            ((DateTime[])(await app.Superuser("select hand_backs from peers where person_id = $1", TestPeople.Ids["peer1"]))!).Length.ShouldBe(n);
        }

        (await Accept(await app.GivenOpenCase())).Refusal.ShouldBe(CaseRefusals.HandedBackTooOften);
        (await app.Superuser("select count(*) from messages where kind = 18")).ShouldBe(2L);
    }

    [Fact]
    public async Task S18_Whoever_posted_the_case_is_told_too_when_the_peer_is_of_another_agency()
    {
        await app.Owner("update agencies set region_id = $1, shares_peers = true where id <> $2", TestPeople.Region, Guid.Empty);
        await app.Owner("update people set agency_id = $1 where id = $2", TestPeople.FarAgency, TestPeople.Ids["peer1"]);
        for (var n = 0; n < 3; n++)
            await HandBack(await app.GivenHeldCase("peer1"));
        (await app.Superuser("select person_id from messages where kind = 18")).ShouldBe(TestPeople.Ids["okafor"]);
        (await app.Superuser("select count(*) from messages where kind = 18")).ShouldBe(1L, "the peer's own agency has no psychologist");
        (await app.Get<HandBackWatch>().ReadAsync(await app.As("okafor"), Token)).Value.ShouldHaveSingleItem().Name.ShouldBe("peer1");
        (await app.Get<HandBackWatch>().ReadAsync(await app.As("lindgren"), Token)).Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task S18_Accepting_and_handing_back_at_once_does_not_pass_the_guard()
    {
        await app.Owner("update peers set hand_backs = array[$2, $2]::timestamptz[] where person_id = $1", TestPeople.Ids["peer1"], app.Clock.GetUtcNow().UtcDateTime.AddHours(-1));
        for (var round = 0; round < 10; round++)
        {
            await app.Owner("update peers set hand_backs = hand_backs[1:2], held = 0 where person_id = $1", TestPeople.Ids["peer1"]);
            var held = await app.GivenHeldCase("peer1");
            var peer = await app.As("peer1");
            var others = new List<Guid>();
            for (var n = 0; n < 4; n++)
                others.Add(await app.GivenOpenCase());
            await Task.WhenAll([Task.Run(() => app.Get<HandBack>().HandBackAsync(peer, held, Token)), .. others.Select(id => Task.Run(() => app.Get<AcceptCase>().AcceptAsync(peer, id, Token)))]);
            // Whatever was taken was taken before the third hand-back; from then on nothing is.
            ((long)(await app.Superuser("select count(*) from support_cases where holder_id = $1", peer.PersonId))!).ShouldBeLessThanOrEqualTo(1);
            foreach (var id in others)
                (await app.Get<AcceptCase>().AcceptAsync(peer, id, Token)).Refusal?.Code.ShouldBeOneOf("handed-back-too-often", "already-taken");
            await app.Superuser("delete from support_cases");
        }
    }

    [Theory]
    [InlineData("update people set active = false where id = $1")]
    [InlineData("delete from role_grants where person_id = $1")]
    public async Task Cases_of_a_peer_who_is_gone_come_back_to_the_others_and_their_psychologist_is_told(string change)
    {
        var (one, other) = (await app.GivenHeldCase("peer1"), await app.GivenHeldCase("peer1"));
        await app.Owner(change, TestPeople.Ids["peer1"]);
        await LeaveErrand();
        await app.Get<Errands>().RunDueAsync(Token);

        (await app.Superuser("select held from peers where person_id = $1", TestPeople.Ids["peer1"])).ShouldBe(0);
        (await app.Superuser("select count(*) from support_cases where status = 1 and wave = 1")).ShouldBe(2L, "their ladders have begun anew");
        await using var mail = new MailRoom(app);
        await mail.SendWhatIsDue();
        mail.Received.Count(received => received.IsTo("okafor@test.example")).ShouldBe(2);
        mail.Received.ShouldNotContain(received => received.IsTo("peer1@test.example"));
        foreach (var id in new[] { one, other })
            (await app.Get<AcceptCase>().AcceptAsync(await app.As("peer2"), id, Token)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_can_act_again_by_then_keeps_their_cases()
    {
        await app.GivenHeldCase("peer1");
        await LeaveErrand();
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Superuser("select holder_id from support_cases")).ShouldBe(TestPeople.Ids["peer1"]);
        (await app.Superuser("select count(*) from errands where kind = 8")).ShouldBe(0L);
    }

    private async Task<PeerSupport.Domain.Result> Accept(Guid id) => await app.Get<AcceptCase>().AcceptAsync(await app.As("peer1"), id, Token);

    private async Task HandBack(Guid id) => (await app.Get<HandBack>().HandBackAsync(await app.As("peer1"), id, Token)).Refusal.ShouldBeNull();

    private Task<object?> LeaveErrand() => app.Superuser(
        "insert into errands (id, kind, subject_id, step, due_at) values (gen_random_uuid(), 8, $1, 0, $2)", TestPeople.Ids["peer1"], app.Clock.GetUtcNow().UtcDateTime);
}
