using PeerSupport.Domain.Escalation;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Notices;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>The psychologist of a track is gone, or does not answer: another one of the agency hears of it and takes over.</summary>
public sealed class StewardGoneTests(TestServer server) : IAsyncLifetime
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
    [InlineData("update people set active = false where id = $1")]
    [InlineData("delete from role_grants where person_id = $1")]
    public async Task Another_psychologist_of_the_agency_takes_over_with_an_entry_and_everything_that_goes_with_it(string gone)
    {
        var track = await app.GivenTrack("carver");
        await app.Superuser(gone, TestPeople.Ids["okafor"]);
        var left = (await app.Get<TakeOver>().ListAsync(await app.As("lindgren"), Token)).Value.Single();
        (left.TrackId, left.State, left.StewardName).ShouldBe((track, TrackState.Referred, "okafor"));
        (await app.Get<Tracks>().ReadAsync(await app.As("lindgren"), track, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound, "not before");

        (await app.Get<TakeOver>().TakeAsync(await app.As("lindgren"), track, Token)).Refusal.ShouldBeNull();
        (await app.Get<TakeOver>().TakeAsync(await app.As("lindgren"), track, Token)).Refusal.ShouldBeNull("again is harmless");
        var view = (await app.Get<Tracks>().ReadAsync(await app.As("lindgren"), track, Token)).Value;
        view.Entries.Where(entry => entry.Kind == TrackEventKind.TakenOver).Select(entry => entry.By).ShouldBe(["you"]);
        (view.StewardName, view.Fault).ShouldBe(("lindgren", null));
        (await app.Get<HandOffLinks>().FindAsync(await app.As("lindgren"), track, Token)).Value.Code.Length.ShouldBe(8, "she can tell the code");
        (await app.Get<TrackEntries>().HoldAsync(await app.As("lindgren"), track, true, Token)).Refusal.ShouldBeNull();
        await app.Step("lindgren", track, TrackStep.Acknowledge);
        (await app.Get<TakeOver>().ListAsync(await app.As("lindgren"), Token)).Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task S47_While_she_is_there_nobody_takes_it_from_her_and_nobody_outside_ever_does()
    {
        var track = await app.GivenException();
        await Refused("lindgren", track);
        await app.Superuser("update people set active = false where id = $1", TestPeople.Ids["okafor"]);
        foreach (var name in new[] { "peer1", "clinician", "coordinator", "administrator", "faraway" })
            await Refused(name, track);
        await app.Superuser("insert into role_grants (person_id, role) values ($1, 1)", TestPeople.Ids["faraway"]);
        await Refused("faraway", track);
        (await app.Superuser("select steward_id from formal_tracks")).ShouldBe(TestPeople.Ids["okafor"]);
    }

    [Fact]
    public async Task Of_two_who_take_over_at_once_one_has_it()
    {
        var track = await app.GivenException();
        await app.Superuser("insert into role_grants (person_id, role) values ($1, 1)", TestPeople.Ids["peer90"]);
        await app.Superuser("update people set active = false where id = $1", TestPeople.Ids["okafor"]);
        var (one, other) = (await app.As("lindgren"), await app.As("peer90"));
        var taken = await Task.WhenAll(app.Get<TakeOver>().TakeAsync(one, track, Token), app.Get<TakeOver>().TakeAsync(other, track, Token));
        taken.Count(result => result.Succeeded).ShouldBe(1);
        (await app.Superuser("select count(*) from track_events where kind = 20")).ShouldBe(1L);
    }

    [Fact]
    public async Task When_she_is_gone_the_others_hear_on_the_first_rung_and_at_once_of_a_mail_that_was_hers()
    {
        await app.GivenException();
        await app.Superuser("delete from role_grants where person_id = $1", TestPeople.Ids["okafor"]);
        await mail.SendWhatIsDue();
        (Left("lindgren"), mail.Received.Count(one => one.IsTo("okafor@test.example"))).ShouldBe((1, 0));
        await Hours(1);
        Left("lindgren").ShouldBe(2);
        Left("peer1").ShouldBe(0);
    }

    [Fact]
    public async Task When_her_address_takes_no_mail_the_others_hear_at_once()
    {
        await app.GivenTrack();
        mail.Fault = line => line.Contains("okafor@", StringComparison.Ordinal) && line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 No such box" : null;
        await mail.SendWhatIsDue();
        Left("lindgren").ShouldBe(1);
    }

    [Fact]
    public async Task When_she_does_not_answer_the_others_hear_from_the_third_rung_on_until_somebody_has_it()
    {
        var track = await app.GivenTrack();
        await Hours(24);
        await Hours(24);
        Left("lindgren").ShouldBe(0);
        await Hours(24);
        Left("lindgren").ShouldBe(1);
        await app.Step("clinician", track, TrackStep.Acknowledge);
        await Hours(48);
        Left("lindgren").ShouldBe(1);
    }

    private async Task Refused(string name, Guid track)
    {
        var actor = await app.As(name);
        (await app.Get<TakeOver>().TakeAsync(actor, track, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound, name);
        var listed = await app.Get<TakeOver>().ListAsync(actor, Token);
        (listed.Refusal == EscalationRefusals.NotFound || listed.Value.Count == 0).ShouldBeTrue(name);
    }

    private int Left(string name) => mail.Received.Count(one => one.IsTo($"{name}@test.example") && one.Text.StartsWith("A hand-off of your department", StringComparison.Ordinal));

    private async Task Hours(int hours)
    {
        app.Clock.Advance(TimeSpan.FromHours(hours));
        await app.Get<Errands>().RunDueAsync(Token);
        await mail.SendWhatIsDue();
    }
}
