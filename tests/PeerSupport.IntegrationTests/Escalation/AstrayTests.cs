using PeerSupport.Domain.Escalation;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Notices;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>No hand-off is led astray: not by an administrator who rewrites the directory, and not to an account nobody can sign in with.</summary>
public sealed class AstrayTests(TestServer server) : IAsyncLifetime
{
    private static readonly ClinicianForm Elsewhere = new(
        "Dr. carver", "LMFT 12345, Washington", true, null, null, "206-555-0199", "elsewhere@practice.example", [Speciality.Trauma], ["en"], Distance.HalfAnHour, false, true, true);

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
    public async Task S47_What_an_administrator_rewrote_cannot_be_chosen_until_a_psychologist_checked_it()
    {
        var declined = await app.GivenTrack();
        await app.Step("clinician", declined, TrackStep.Decline);
        await Rewrite("administrator");
        await CannotBeChosen("carver", declined);

        await Check("okafor");
        (await app.Get<ClinicianDirectory>().FindChoiceAsync(await app.As("peer1"), TestClinicians.Ids["carver"], Token)).ShouldNotBeNull();
        await app.Step("okafor", declined, TrackStep.Refer, new StepDetails(NextClinicianId: TestClinicians.Ids["carver"], ConsentGiven: true));
    }

    [Fact]
    public async Task S47_No_mail_of_a_running_hand_off_follows_what_an_administrator_rewrote()
    {
        var track = await app.GivenTrack("carver");
        await Rewrite("administrator");
        await Hours(25);
        mail.Received.ShouldNotContain(one => one.IsTo("carver@practice.example") || one.IsTo("elsewhere@practice.example"), "neither the first link nor the reminder");
        mail.Received.Count(one => one.IsTo("okafor@test.example") && one.Text.StartsWith("A hand-off is still waiting", StringComparison.Ordinal))
            .ShouldBe(1, "nobody can be reminded, so she hears on the first rung");
        (await app.Get<Tracks>().ReadAsync(await app.As("okafor"), track, Token)).Value.ClinicianUnchecked.ShouldBeTrue();

        await Check("okafor");
        await Hours(0);
        mail.Received.Count(one => one.IsTo("elsewhere@practice.example")).ShouldBe(1, "what waited goes out once it is checked");
        (await app.Get<Tracks>().ReadAsync(await app.As("okafor"), track, Token)).Value.ClinicianUnchecked.ShouldBeFalse();
    }

    [Theory]
    [InlineData("update people set active = false where id = $1")]
    [InlineData("delete from role_grants where person_id = $1")]
    public async Task An_entry_whose_account_cannot_sign_in_cannot_be_chosen(string gone)
    {
        var declined = await app.GivenTrack("carver");
        await app.Step("okafor", declined, TrackStep.Decline);
        await app.Superuser(gone, TestPeople.Ids["clinician"]);
        await CannotBeChosen("abara", declined);
    }

    [Fact]
    public async Task Where_the_account_is_closed_meanwhile_the_psychologist_hears_first_and_can_go_on()
    {
        var track = await app.GivenTrack();
        await app.Superuser("update people set active = false where id = $1", TestPeople.Ids["clinician"]);
        await Hours(24);
        mail.Received.Count(one => one.IsTo("okafor@test.example") && one.Text.StartsWith("A hand-off is still waiting", StringComparison.Ordinal)).ShouldBe(1);
        await app.Step("okafor", track, TrackStep.Acknowledge); // on their word, by phone
        await app.Step("okafor", track, TrackStep.Transfer, new StepDetails(NextClinicianId: TestClinicians.Ids["boone"], ConsentGiven: true));
    }

    private async Task CannotBeChosen(string clinician, Guid declined)
    {
        var id = TestClinicians.Ids[clinician];
        var peer = await app.As("peer2");
        (await app.Get<ClinicianDirectory>().ChoicesAsync(peer, new ClinicianFilter(), 1, Token)).Value.Clinicians.ShouldNotContain(one => one.ClinicianId == id);
        (await app.Get<ClinicianDirectory>().FindChoiceAsync(peer, id, Token)).ShouldBeNull();
        var held = await app.GivenHeldCase("peer2");
        (await app.Get<Escalate>().OpenAsync(peer, held, HandOffs.Form(clinician), Guid.NewGuid(), Token)).Value.Problems.Single().Field.ShouldBe(ReferralField.Clinician);
        var to = new StepDetails(NextClinicianId: id, ConsentGiven: true);
        (await app.Get<TakeStep>().TakeAsync(await app.As("okafor"), declined, TrackStep.Refer, to, Token)).Refusal.ShouldBe(EscalationRefusals.ChooseClinician);
    }

    private async Task Rewrite(string who) =>
        (await app.Get<ClinicianDirectoryKeeping>().ChangeAsync(await app.As(who), TestClinicians.Ids["carver"], Elsewhere, Token)).Value.Problems.ShouldBeEmpty();

    private async Task Check(string who) =>
        (await app.Get<ClinicianDirectoryKeeping>().VerifyAsync(await app.As(who), TestClinicians.Ids["carver"], Token)).Refusal.ShouldBeNull();

    private async Task Hours(int hours)
    {
        app.Clock.Advance(TimeSpan.FromHours(hours));
        await app.Get<Errands>().RunDueAsync(Token);
        await mail.SendWhatIsDue();
    }
}
