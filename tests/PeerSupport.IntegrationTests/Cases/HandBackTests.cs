using PeerSupport.Domain.Cases;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>A case that comes back to the board: whoever gave it up is left alone, and nobody's leaving keeps it shut.</summary>
public sealed class HandBackTests(TestServer server) : IAsyncLifetime
{
    private const string Disable = "update people set active = false where id = $1";
    private const string RemoveRole = "delete from role_grants where person_id = $1";
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task S06_Who_handed_it_back_is_never_mailed_about_it_again_however_often_it_comes_back()
    {
        var id = await app.GivenHeldCase("peer1");
        await HandBack("peer1", id);
        await Accept("peer2", id);
        await HandBack("peer2", id);
        await Accept("peer3", id);
        await HandBack("peer3", id);

        await app.Get<Errands>().RunDueAsync(Token);
        await using var mail = new MailRoom(app);
        await mail.SendAll();
        mail.Received.Count.ShouldBe(97);
        foreach (var name in new[] { "peer1", "peer2", "peer3" })
            mail.Received.ShouldNotContain(received => received.IsTo($"{name}@test.example"), name);
    }

    [Fact]
    public async Task Who_handed_it_back_is_told_nothing_of_what_becomes_of_it()
    {
        var id = await app.GivenHeldCase("peer1");
        await HandBack("peer1", id);
        await Accept("peer2", id);
        var first = await app.As("peer1");
        (await app.Get<PeerBoards>().ReadAsync(first, 1, Token)).Value.Covered.ShouldBeEmpty();
        (await app.Get<AcceptCase>().AcceptAsync(first, id, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
        (await app.Get<PeerBoards>().ReadAsync(await app.As("peer3"), 1, Token)).Value.Covered.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task When_the_others_said_no_and_the_last_handed_it_back_everybody_has_said_no()
    {
        await app.Owner("update peers set on_duty = false where person_id <> $1 and person_id <> $2", TestPeople.Ids["peer1"], TestPeople.Ids["peer2"]);
        var id = await app.GivenOpenCase();
        await app.Get<PeerBoards>().DeclineAsync(await app.As("peer2"), id, Token);
        await Accept("peer1", id);
        await HandBack("peer1", id);
        var posted = (await app.Get<PostedCaseList>().ReadAsync(await app.As("okafor"), null, 1, Token)).Value.Cases.ShouldHaveSingleItem();
        posted.Counts.Declined.ShouldBe(posted.Counts.OnBoard);
    }

    [Theory]
    [InlineData(Disable)]
    [InlineData(RemoveRole)]
    public async Task A_case_whose_holder_can_no_longer_act_goes_to_the_others_again(string change)
    {
        var id = await app.GivenHeldCase("peer1");
        var psychologist = await app.As("okafor");
        await app.Owner(change, TestPeople.Ids["peer1"]);
        (await app.Get<PostedCaseList>().ReadAsync(psychologist, null, 1, Token)).Value.Cases.ShouldHaveSingleItem().HolderGone.ShouldBeTrue();
        (await app.Get<TakeBack>().TakeBackAsync(await app.As("lindgren"), id, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
        (await app.Get<TakeBack>().TakeBackAsync(psychologist, id, Token)).Refusal.ShouldBeNull();
        (await app.Get<TakeBack>().TakeBackAsync(psychologist, id, Token)).Refusal.ShouldBeNull("a double tap is harmless");

        (await app.Superuser("select held from peers where person_id = $1", TestPeople.Ids["peer1"])).ShouldBe(0);
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Superuser("select count(*) from deliveries where case_id = $1 and channel = 2 and round = 1 and state = 1", id)).ShouldBe(99L);
        await Accept("peer2", id);
        (await app.Superuser("select count(*) from support_cases where holder_id = $1", TestPeople.Ids["peer2"])).ShouldBe(1L);
    }

    [Theory]
    [InlineData(Disable)]
    [InlineData(RemoveRole)]
    public async Task A_case_whose_holder_can_no_longer_act_may_be_withdrawn(string change)
    {
        var id = await app.GivenHeldCase("peer1");
        await app.Owner(change, TestPeople.Ids["peer1"]);
        (await app.Get<WithdrawCase>().WithdrawAsync(await app.As("okafor"), id, Token)).Refusal.ShouldBeNull();
        (await app.Superuser("select count(*) from support_cases")).ShouldBe(0L);
        (await app.Superuser("select held from peers where person_id = $1", TestPeople.Ids["peer1"])).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_takes_a_case_from_a_peer_who_can_act_not_even_the_database_lets_them()
    {
        var id = await app.GivenHeldCase("peer1");
        await app.Owner("update peers set on_duty = false, trained_until = '2026-01-01' where person_id = $1", TestPeople.Ids["peer1"]);
        var psychologist = await app.As("okafor");
        (await app.Get<TakeBack>().TakeBackAsync(psychologist, id, Token)).Refusal.ShouldBe(CaseRefusals.StillHeld);
        (await app.Get<WithdrawCase>().WithdrawAsync(psychologist, id, Token)).Refusal.ShouldBe(CaseRefusals.AcceptedMeanwhile);
        (await app.Get<TakeBack>().TakeBackAsync(await app.As("peer2"), id, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
        (await app.Superuser("select holder_id from support_cases")).ShouldBe(TestPeople.Ids["peer1"]);
    }

    private async Task Accept(string peer, Guid id) => (await app.Get<AcceptCase>().AcceptAsync(await app.As(peer), id, Token)).Refusal.ShouldBeNull();

    private async Task HandBack(string peer, Guid id) => (await app.Get<HandBack>().HandBackAsync(await app.As(peer), id, Token)).Refusal.ShouldBeNull();
}
