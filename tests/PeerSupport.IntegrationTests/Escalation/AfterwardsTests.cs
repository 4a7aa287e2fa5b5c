using PeerSupport.Domain.Escalation;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.Services.Escalation;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>The peer who handed on learns whether it was taken, and nothing of what comes after.</summary>
public sealed class AfterwardsTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private MailRoom mail = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        mail = new MailRoom(app);
    }

    public async ValueTask DisposeAsync()
    {
        await mail.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task S39_A_decline_months_into_care_is_not_told_to_the_peer()
    {
        var track = await app.GivenTrack();
        await app.Step("clinician", track, TrackStep.Acknowledge);
        app.Clock.Advance(TimeSpan.FromDays(60));
        await app.Step("clinician", track, TrackStep.Transfer, new StepDetails(NextClinicianId: TestClinicians.Ids["boone"], ConsentGiven: true));
        await app.Step("clinician2", track, TrackStep.Decline);
        (await Declines()).ShouldBe(["okafor"]);
    }

    [Fact]
    public async Task S39_Of_the_clinicians_asked_after_the_first_the_peer_hears_nothing()
    {
        var track = await app.GivenTrack();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Step("clinician", track, TrackStep.Decline);
        (await Declines()).ShouldBe(["okafor", "peer1"]);
        await app.Step("okafor", track, TrackStep.Refer, new StepDetails(NextClinicianId: TestClinicians.Ids["boone"], ConsentGiven: true));
        await app.Step("clinician2", track, TrackStep.Decline);
        (await Declines()).ShouldBe(["okafor", "okafor", "peer1"]);
    }

    [Theory]
    [InlineData(TrackStep.EndByOfficer)]
    [InlineData(TrackStep.WithdrawConsent)]
    public async Task S39_A_line_fades_with_age_alone_and_so_does_not_say_that_the_officer_stopped(TrackStep end)
    {
        var (ended, running) = (await app.GivenTrack(), await app.GivenTrack(peer: "peer2"));
        await app.Step("okafor", ended, end);
        (await Lines("peer1")).ShouldBe(1);
        app.Clock.Advance(TimeSpan.FromDays(13));
        ((await Lines("peer1")), (await Lines("peer2"))).ShouldBe((1, 1));
        app.Clock.Advance(TimeSpan.FromDays(2));
        ((await Lines("peer1")), (await Lines("peer2"))).ShouldBe((0, 0));
        running.ShouldNotBe(ended);
    }

    [Theory]
    [InlineData("select referred_at from formal_tracks")]
    [InlineData("select ended_at from formal_tracks")]
    [InlineData("select kind from messages")]
    public async Task S39_The_login_of_the_board_has_no_right_to_what_comes_after(string sql) =>
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => TestApp.Run(app.Connections.Board, sql))).SqlState.ShouldBe("42501");

    [Theory]
    [InlineData("abara")]
    [InlineData("carver")]
    public async Task The_psychologist_hears_of_a_transfer_at_once_and_has_the_code_to_tell(string first)
    {
        var track = await app.GivenTrack(first);
        var giver = first == "carver" ? "okafor" : "clinician";
        await app.Step(giver, track, TrackStep.Acknowledge);
        await mail.SendWhatIsDue();
        var next = first == "carver" ? "abara" : "carver";
        await app.Step(giver, track, TrackStep.Transfer, new StepDetails(NextClinicianId: TestClinicians.Ids[next], ConsentGiven: true));
        await mail.SendWhatIsDue();
        mail.Received.Count(one => one.IsTo("okafor@test.example") && one.Text.StartsWith("A clinician passed a hand-off", StringComparison.Ordinal))
            .ShouldBe(giver == "okafor" ? 0 : 1);
        var link = await app.Get<HandOffLinks>().FindAsync(await app.As("okafor"), track, Token);
        link.Succeeded.ShouldBe(next == "carver");
        if (next == "carver")
            link.Value.Standing.ShouldBe(LinkStanding.Open);
    }

    private async Task<int> Lines(string peer) => (await app.Get<HandOnReceipts>().ListAsync(await app.As(peer), Token)).Count;

    private async Task<string[]> Declines() =>
        ((string)(await app.Superuser("select coalesce(string_agg(p.display_name, ',' order by p.display_name), '') from messages m join people p on p.id = m.person_id where m.kind = 3"))!).Split(',');
}
