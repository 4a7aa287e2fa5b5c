using PeerSupport.Domain.Cases;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>Who may be shown the officer, and when.</summary>
public sealed class RevealTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_holder_and_the_psychologist_who_posted_see_the_officer()
    {
        var id = await app.GivenHeldCase("peer1");
        foreach (var name in new[] { "peer1", "okafor" })
        {
            var actor = await app.As(name);
            var revealed = (await app.Get<RevealIdentity>().RevealAsync(actor, id, TestApp.FreshlySignedIn(actor), true, Token)).Value;
            revealed.Officer.Name.ReadWith(revealed.Grant).ShouldBe("Daniel Reyes");
            revealed.ToString().ShouldBe("[sealed]");
        }
    }

    [Theory]
    [InlineData("peer2")]
    [InlineData("lindgren")]
    [InlineData("clinician")]
    [InlineData("coordinator")]
    [InlineData("administrator")]
    [InlineData("faraway")]
    public async Task S01_Anybody_else_gets_what_a_random_id_gets(string name)
    {
        var id = await app.GivenHeldCase("peer1");
        var actor = await app.As(name);
        foreach (var asked in new[] { id, Guid.NewGuid() })
        {
            (await app.Get<RevealIdentity>().RevealAsync(actor, asked, TestApp.FreshlySignedIn(actor), true, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
            (await app.Get<PeerBoards>().ReadNoticeAsync(actor, asked, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
            (await app.Get<CountContact>().CountAsync(actor, asked, 0, Token)).Refusal.ShouldBe(CaseRefusals.NotHeld);
            (await app.Get<HandBack>().HandBackAsync(actor, asked, Token)).Refusal.ShouldBe(CaseRefusals.NotHeld);
            (await app.Get<CloseCase>().CloseAsync(actor, asked, CaseOutcome.Supported, Token)).Refusal.ShouldBe(CaseRefusals.NotHeld);
            (await app.Get<WithdrawCase>().WithdrawAsync(actor, asked, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
            (await app.Get<HeldCases>().MayStillSeeAsync(actor, asked, Token)).ShouldBeFalse();
        }

        (await app.Superuser("select count(*) from support_cases where id = $1 and holder_id is not null", id)).ShouldBe(1L);
    }

    [Fact]
    public async Task S13_Without_an_accept_there_is_no_reveal()
    {
        var id = await app.GivenOpenCase();
        var peer = await app.As("peer1");
        (await app.Get<RevealIdentity>().RevealAsync(peer, id, TestApp.FreshlySignedIn(peer), true, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
    }

    [Fact]
    public async Task S14_A_step_up_serves_one_reveal_of_the_person_who_made_it()
    {
        var id = await app.GivenHeldCase("peer1");
        var peer = await app.As("peer1");
        var other = await app.As("peer2");
        var grant = TestApp.FreshlySignedIn(peer);
        (await app.Get<RevealIdentity>().RevealAsync(peer, id, grant, true, Token)).Succeeded.ShouldBeTrue();
        (await app.Get<RevealIdentity>().RevealAsync(peer, id, grant, true, Token)).Refusal.ShouldBe(CaseRefusals.SignInAgain);
        (await app.Get<RevealIdentity>().RevealAsync(peer, id, TestApp.FreshlySignedIn(other), true, Token)).Refusal.ShouldBe(CaseRefusals.SignInAgain);
    }

    [Fact]
    public async Task The_words_to_say_first_come_before_the_name()
    {
        var id = await app.GivenHeldCase("peer1");
        var peer = await app.As("peer1");
        (await app.Get<RevealIdentity>().RevealAsync(peer, id, TestApp.FreshlySignedIn(peer), false, Token)).Refusal.ShouldBe(CaseRefusals.ReadDisclaimer);
    }

    [Fact]
    public async Task After_handing_back_the_case_is_for_the_others_only()
    {
        var id = await app.GivenHeldCase("peer1");
        var first = await app.As("peer1");
        (await app.Get<HandBack>().HandBackAsync(first, id, Token)).Refusal.ShouldBeNull();

        (await app.Get<HeldCases>().MayStillSeeAsync(first, id, Token)).ShouldBeFalse();
        (await app.Get<RevealIdentity>().RevealAsync(first, id, TestApp.FreshlySignedIn(first), true, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
        (await app.Get<AcceptCase>().AcceptAsync(first, id, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
        (await app.Get<PeerBoards>().ReadAsync(first, 1, Token)).Value.Open.ShouldBeEmpty();
        (await app.Superuser("select held from peers where person_id = $1", first.PersonId)).ShouldBe(0);

        (await app.Get<PeerBoards>().ReadAsync(await app.As("peer2"), 1, Token)).Value.Open.ShouldHaveSingleItem().CaseId.ShouldBe(id);
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Superuser("select count(*) from deliveries where case_id = $1 and channel = 2 and round = 1 and state = 1", id)).ShouldBe(99L);
        (await app.Get<AcceptCase>().AcceptAsync(await app.As("peer2"), id, Token)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_contact_is_counted_once_however_often_it_is_tapped()
    {
        var id = await app.GivenHeldCase("peer1");
        var peer = await app.As("peer1");
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => app.Get<CountContact>().CountAsync(peer, id, 0, Token))));
        (await app.Get<HeldCases>().ListAsync(peer, Token)).Value[0].Case.RecentContacts.ShouldBe(1);
        app.Clock.Advance(TimeSpan.FromDays(31));
        (await app.Get<HeldCases>().ListAsync(await app.As("peer1"), Token)).Value[0].Case.RecentContacts.ShouldBe(0);
    }
}
