using PeerSupport.Domain.Escalation;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Notices;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>An exception alerts whoever is on call by itself, and an alarm that reaches nobody says so.</summary>
public sealed class AlarmReachTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private MailRoom mail = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        mail = new MailRoom(app);
        (await app.Get<OnCallDuty>().GoOnAsync(await app.As("lindgren"), "206-555-0151", Token)).Refusal.ShouldBeNull();
    }

    public async ValueTask DisposeAsync()
    {
        await mail.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Opening_an_exception_alerts_the_psychologist_on_call_until_one_has_it()
    {
        await app.GivenException();
        await mail.SendWhatIsDue();
        Alarmed().ShouldBe(["lindgren"], "though nobody tapped the button");
        await Minutes(2);
        Alarmed().ShouldBe(["lindgren", "lindgren"]);

        var alarm = (await app.Get<DangerAnswers>().ListAsync(await app.As("lindgren"), Token)).Value.Single();
        alarm.RaisedBy.ShouldBe("peer1");
        (await app.Get<DangerAnswers>().AnswerAsync(await app.As("lindgren"), alarm.AlarmId, Token)).Refusal.ShouldBeNull();
        await Minutes(2);
        Alarmed().Length.ShouldBe(2);
    }

    [Fact]
    public async Task An_exception_after_the_button_was_tapped_does_not_alert_twice()
    {
        var caseId = await app.GivenHeldCase("peer1");
        await app.Get<DangerAlarms>().RaiseAsync(await app.As("peer1"), caseId, Token);
        (await app.Get<Escalate>().OpenExceptionAsync(await app.As("peer1"), caseId, Basis.Suicidal, Guid.NewGuid(), Token)).Refusal.ShouldBeNull();
        (await app.Superuser("select count(*) from danger_alerts")).ShouldBe(1L);
        (await app.Superuser("select count(*) from errands where kind = 2")).ShouldBe(1L);
        await mail.SendWhatIsDue();
        Alarmed().ShouldBe(["lindgren"]);
    }

    [Fact]
    public async Task An_exception_that_is_refused_alerts_nobody()
    {
        var caseId = await app.GivenHeldCase("peer1");
        (await app.Get<Escalate>().OpenExceptionAsync(await app.As("peer2"), caseId, Basis.Suicidal, Guid.NewGuid(), Token)).Refusal.ShouldBe(EscalationRefusals.NotHeld);
        (await app.Superuser("select count(*) from danger_alerts")).ShouldBe(0L);
    }

    [Fact]
    public async Task Where_there_is_nobody_to_alert_whoever_raised_it_is_told()
    {
        await app.Superuser("delete from role_grants where role = 1 and person_id = $1", TestPeople.Ids["lindgren"]);
        var caseId = await app.GivenOpenCase();
        var standing = (await app.Get<DangerAlarms>().RaiseAsync(await app.As("okafor"), caseId, Token)).Value;
        (standing.Others, standing.Alarm!.Heard).ShouldBe((false, false));

        await app.Superuser("insert into role_grants (person_id, role) values ($1, 1)", TestPeople.Ids["lindgren"]);
        await Minutes(2);
        standing = (await app.Get<DangerAlarms>().ReadAsync(await app.As("okafor"), caseId, Token)).Value;
        (standing.Others, standing.Alarm!.Heard).ShouldBe((true, true));
    }

    [Fact]
    public async Task A_refused_mail_widens_the_alarm_at_once_and_rests_when_all_are_refused()
    {
        mail.Fault = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 No such box" : null;
        var caseId = await app.GivenHeldCase("peer1");
        (await app.Get<DangerAlarms>().RaiseAsync(await app.As("peer1"), caseId, Token)).Value.Alarm!.Heard.ShouldBeTrue("it is on its way");
        await mail.SendWhatIsDue();
        (await Heard()).ShouldBeFalse();

        mail.Fault = null;
        await app.Get<Errands>().RunDueAsync(Token); // no time has passed
        await mail.SendWhatIsDue();
        Alarmed().ShouldBe(["okafor"], "the address of the one on call takes no mail, so the next rung hears it");
        (await Heard()).ShouldBeTrue();

        await app.Superuser("update messages set state = 4 where kind = 5");
        mail.Fault = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 No such box" : null;
        await Minutes(2);
        (await app.Get<Errands>().RunDueAsync(Token)).ShouldBe(0, "refused again is no reason to hurry again");
    }

    private async Task<bool> Heard() => (await app.Get<DangerAlarms>().FindOwnAsync(await app.As("peer1"), Token))!.Heard;

    private async Task Minutes(int minutes)
    {
        app.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await app.Get<Errands>().RunDueAsync(Token);
        await mail.SendWhatIsDue();
    }

    private string[] Alarmed() => [.. mail.Received
        .Where(one => one.Text.Contains("psychologist on call", StringComparison.Ordinal)).Select(one => one.To[0].Split('@')[0]).Order(StringComparer.Ordinal)];
}
