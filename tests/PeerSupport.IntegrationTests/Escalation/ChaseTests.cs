using PeerSupport.DevKit;
using PeerSupport.Domain.Escalation;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Notices;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>No hand-off falls between two people: who is mailed when nobody answers, and what the record says of it.</summary>
public sealed class ChaseTests(TestServer server) : IAsyncLifetime
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

    [Theory]
    [InlineData("abara", "clinician@test.example", "A hand-off is waiting. Sign in to see it.\n\nhttp://localhost:5080/\n")]
    [InlineData("carver", "carver@practice.example", "You are asked to take somebody on.")]
    public async Task The_clinician_hears_at_once_and_after_a_day_the_psychologist_after_two_and_every_day(string clinician, string address, string words)
    {
        var track = await app.GivenTrack(clinician);
        await Hours(0);
        To(address).Count.ShouldBe(1);
        To(address)[0].Text.ReplaceLineEndings("\n").ShouldStartWith(words);
        await Hours(23);
        To(address).Count.ShouldBe(1);
        await Hours(1);
        To(address).Count.ShouldBe(2);
        Unanswered().ShouldBe(0);
        foreach (var day in new[] { 1, 2, 3 })
        {
            await Hours(24);
            Unanswered().ShouldBe(day);
        }

        To(address).Count.ShouldBe(2);
        (await Rungs(track)).ShouldBe([1, 2, 3, 4]);
        mail.Received.Select(one => one.Message.MessageId).Distinct(StringComparer.Ordinal).Count().ShouldBe(mail.Received.Count);
        mail.Received.ShouldAllBe(one => one.Subject == "PeerSupport" && one.To.Count == 1 && !one.Message.ToString().Contains("Marisol", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_ends_it()
    {
        var track = await app.GivenTrack();
        await Hours(1);
        await app.Step("clinician", track, TrackStep.Acknowledge);
        await Hours(240);
        (await Rungs(track)).ShouldBeEmpty();
        (await app.Superuser("select count(*) from errands where kind = 1")).ShouldBe(0L);
    }

    [Fact]
    public async Task After_a_decline_the_psychologist_is_asked_until_she_chooses_and_then_the_next_clinician_is_chased()
    {
        var track = await app.GivenTrack();
        await Hours(2);
        await app.Step("clinician", track, TrackStep.Decline);
        await Hours(0);
        mail.Received.Count(one => one.Text.StartsWith("A hand-off was declined", StringComparison.Ordinal)).ShouldBe(2, "the psychologist and the peer");
        await Hours(1);
        Unanswered().ShouldBe(1);
        await app.Step("okafor", track, TrackStep.Refer, new StepDetails(NextClinicianId: TestClinicians.Ids["boone"], ConsentGiven: true));
        await Hours(23);
        Unanswered().ShouldBe(1);
        await Hours(1);
        To("clinician2@test.example").Count.ShouldBe(2);
        (await Rungs(track)).ShouldBe([1, 1]);
        (await app.Superuser("select count(*) from errands where kind = 1")).ShouldBe(1L, "errands of earlier waits end themselves");
    }

    [Fact]
    public async Task What_was_missed_while_nothing_ran_is_one_entry_and_nobody_is_flooded()
    {
        var track = await app.GivenTrack();
        await Hours(24 * 9);
        (await Rungs(track)).Length.ShouldBe(1);
        Unanswered().ShouldBe(1);
        To("clinician@test.example").Count.ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task Two_nodes_climb_each_rung_once()
    {
        var track = await app.GivenTrack();
        for (var day = 0; day < 4; day++)
        {
            app.Clock.Advance(TimeSpan.FromHours(24));
            await Task.WhenAll(app.Get<Errands>().RunDueAsync(Token), app.Get<Errands>().RunDueAsync(Token), app.Get<Errands>().RunDueAsync(Token));
        }

        (await Rungs(track)).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task S49_An_address_that_takes_no_mail_is_told_to_the_psychologist_at_once_and_smuggles_nothing()
    {
        await app.Superuser("update clinicians set email = $1 where name = 'Dr. carver'", "carver@practice.example\r\nBcc: press@evil.example");
        await app.GivenTrack("carver");
        await Hours(0);
        mail.Received.ShouldAllBe(one => !one.Message.ToString().Contains("evil", StringComparison.Ordinal));
        To("okafor@test.example").Count(one => one.Text.StartsWith("A hand-off could not be delivered", StringComparison.Ordinal)).ShouldBe(1);
        (await app.Get<Tracks>().ListAsync(await app.As("okafor"), null, null, 1, Token)).Value.Rows.Single().MailFailed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_mail_whose_reason_is_gone_is_not_sent()
    {
        var track = await app.GivenTrack();
        await app.Step("clinician", track, TrackStep.Acknowledge);
        await Hours(0);
        To("clinician@test.example").ShouldBeEmpty();
    }

    private async Task Hours(int hours)
    {
        app.Clock.Advance(TimeSpan.FromHours(hours));
        await app.Get<Errands>().RunDueAsync(Token);
        await mail.SendWhatIsDue();
    }

    private List<ReceivedMail> To(string address) => [.. mail.Received.Where(one => one.IsTo(address))];

    private int Unanswered() => To("okafor@test.example").Count(one => one.Text.StartsWith("A hand-off is still waiting", StringComparison.Ordinal));

    private async Task<int[]> Rungs(Guid track)
    {
        var view = (await app.Get<Tracks>().ReadAsync(await app.As("okafor"), track, Token)).Value;
        view.Fault.ShouldBeNull();
        return [.. view.Entries.Where(e => e.Kind == TrackEventKind.Chased).Select(e => e.Rung!.Value)];
    }
}
