using PeerSupport.Domain.Cases;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>The check-in an officer agreed to: one reminder to the peer, and no trace of it before or after.</summary>
public sealed class CheckInTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private MailRoom mail = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        await app.Superuser("delete from errands"); // the daily one that every installation has
        mail = new MailRoom(app);
    }

    public async ValueTask DisposeAsync()
    {
        await mail.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task After_thirty_days_the_peer_gets_one_constant_mail_and_nothing_is_left()
    {
        var caseId = await Closed(checkIn: true);
        (await app.Superuser("select count(*) from errands t where t::text like '%' || $1 || '%'", caseId.ToString())).ShouldBe(0L);
        app.Clock.Advance(TimeSpan.FromDays(29));
        (await app.Get<Errands>().RunDueAsync(Token)).ShouldBe(0);
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await app.Get<Errands>().RunDueAsync(Token)).ShouldBe(1);
        await mail.SendWhatIsDue();

        var received = mail.Received.Single(one => one.Text.Contains("check in", StringComparison.Ordinal));
        received.To.ShouldBe(["peer1@test.example"]);
        received.Subject.ShouldBe("PeerSupport");
        received.Text.ReplaceLineEndings("\n").ShouldBe("You agreed to check in with a colleague about now.\n\nhttp://localhost:5080/\n");
        (await app.Superuser("select count(*) from errands")).ShouldBe(0L);
        (await app.Superuser("select count(*) from messages")).ShouldBe(0L);
    }

    [Fact]
    public async Task Nobody_who_did_not_agree_is_reminded_of()
    {
        await Closed(checkIn: false);
        (await app.Superuser("select count(*) from errands")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_hand_off_with_a_check_in_leaves_one_for_the_peer_who_held_the_case()
    {
        await app.GivenTrack(form: HandOffs.Form(checkIn: true));
        (await app.Superuser("select subject_id from errands where kind = 3")).ShouldBe(TestPeople.Ids["peer1"]);
    }

    [Fact]
    public async Task Who_is_no_peer_any_more_is_not_reminded()
    {
        await Closed(checkIn: true);
        await app.Owner("delete from role_grants where person_id = $1", TestPeople.Ids["peer1"]);
        app.Clock.Advance(TimeSpan.FromDays(30));
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Superuser("select count(*) from errands")).ShouldBe(0L);
        (await app.Superuser("select count(*) from messages where kind = 6")).ShouldBe(0L);
    }

    private async Task<Guid> Closed(bool checkIn)
    {
        var caseId = await app.GivenHeldCase("peer1");
        (await app.Get<CloseCase>().CloseAsync(await app.As("peer1"), caseId, CaseOutcome.Supported, checkIn, Token)).Refusal.ShouldBeNull();
        return caseId;
    }
}
