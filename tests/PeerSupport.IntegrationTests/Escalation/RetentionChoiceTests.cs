using PeerSupport.Domain.Escalation;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Notices;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>Choosing how long tracks are kept: for the whole agency, never at once when it is shorter, and never behind the others' backs.</summary>
public sealed class RetentionChoiceTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_shorter_time_destroys_nothing_for_thirty_days()
    {
        await GivenEnded("okafor", months: 30);
        (await Set("lindgren", 24)).ShouldBeNull();
        (await Read("okafor")).Months.ShouldBe(RetentionRules.DefaultMonths);
        app.Clock.Advance(TimeSpan.FromDays(29));
        await app.Get<Errands>().RunDueAsync(Token);
        (await Left()).ShouldBe(1L);
        app.Clock.Advance(TimeSpan.FromHours(31)); // the daily run is at nine in the morning
        await app.Get<Errands>().RunDueAsync(Token);
        (await Read("okafor")).Months.ShouldBe(24);
        (await Left()).ShouldBe(0L);
    }

    [Fact]
    public async Task A_longer_time_holds_at_once_and_calls_off_a_shorter_one_that_waits()
    {
        await GivenEnded("okafor", months: 30);
        await Set("lindgren", 24);
        (await Set("okafor", 100)).ShouldBeNull();
        var read = await Read("lindgren");
        (read.Months, read.Change!.By, read.Change.NextFrom).ShouldBe((100, "okafor", null));
        app.Clock.Advance(TimeSpan.FromDays(60));
        await app.Get<Errands>().RunDueAsync(Token);
        (await Left()).ShouldBe(1L);
    }

    [Fact]
    public async Task The_others_of_the_agency_are_told_by_mail_and_see_who_chose_what_and_from_when()
    {
        await app.Superuser("delete from errands");
        await using var mail = new MailRoom(app);
        await Set("okafor", 24);
        await mail.SendWhatIsDue();
        mail.Received.Select(received => (received.To[0], received.Text.ReplaceLineEndings("\n"))).ShouldBe(
            [("lindgren@test.example", "How long formal tracks are kept was changed in your agency. Sign in to see it.\n\nhttp://localhost:5080/\n")]);
        (await Read("lindgren")).Change.ShouldBe(new RetentionChange("okafor", new DateOnly(2026, 11, 9), 24, new DateOnly(2026, 12, 9)));
        (await Read("faraway")).Change.ShouldBeNull();
    }

    [Fact]
    public async Task The_preview_counts_the_whole_agency_and_names_only_the_readers_own()
    {
        var own = await GivenEnded("okafor", months: 20, days: 2);
        var foreign = await GivenEnded("lindgren", months: 20, days: 2);
        await GivenEnded("lindgren", months: 10);
        var held = await GivenEnded("lindgren", months: 50);
        await app.Superuser("update formal_tracks set legal_hold = true where id = $1", held);

        var read = await Read("okafor", 24);
        read.Days.Sum(day => day.Destroyed).ShouldBe(3);
        var both = (await Read("okafor", 24)).Tracks.Single(track => track.TrackId == own).DestroyedOn;
        read.Days[0].ShouldBe(new RetentionDay(both, 2));
        (read.Held, read.Later).ShouldBe((1, 0));
        read.Tracks.Select(track => track.TrackId).ShouldBe([own]);
        read.ToString().ShouldNotContain(foreign.ToString());

        var trial = (await app.Get<Retention>().DueAsync(await app.As("okafor"), 12, Token)).Value;
        trial.ShouldBe(new RetentionTrial(new DateOnly(2026, 12, 9), 2), "of both psychologists, without the one that is held");
        (await Read("okafor")).Months.ShouldBe(RetentionRules.DefaultMonths, "trying out changes nothing");
    }

    [Theory]
    [InlineData("peer1")]
    [InlineData("clinician")]
    [InlineData("coordinator")]
    [InlineData("administrator")]
    public async Task S03_Nobody_but_psychologists_reads_tries_or_sets_it(string name)
    {
        (await app.Get<Retention>().ReadAsync(await app.As(name), null, 1, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await app.Get<Retention>().DueAsync(await app.As(name), 24, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await Set(name, 24)).ShouldBe(EscalationRefusals.NotFound);
        (await app.Superuser("select count(*) from track_settings")).ShouldBe(0L);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(11)]
    [InlineData(241)]
    public async Task Only_the_limits_of_the_setting_are_taken(int? months) => (await Set("okafor", months)).ShouldBe(RetentionRefusals.OutOfRange);

    [Fact]
    public async Task Of_two_who_choose_at_once_none_skips_the_thirty_days()
    {
        var actors = await Task.WhenAll(app.As("okafor"), app.As("lindgren"));
        await Task.WhenAll(actors.SelectMany(actor => new[] { 12, 24, 36 }.Select(months => Task.Run(() => app.Get<Retention>().SetAsync(actor, months, Token)))));
        (await app.Superuser("select retention_months from track_settings")).ShouldBe(RetentionRules.DefaultMonths);
        (await Read("okafor")).Change!.NextFrom.ShouldBe(new DateOnly(2026, 12, 9));
    }

    /// <summary>A track of somebody that ended so long ago.</summary>
    private async Task<Guid> GivenEnded(string steward, int months, int days = 0)
    {
        var track = await app.GivenTrack();
        var ended = app.Clock.GetUtcNow().AddMonths(-months).AddDays(-days);
        await app.Superuser("update formal_tracks set state = 7, ended_at = $2, steward_id = $3 where id = $1", track, ended, TestPeople.Ids[steward]);
        return track;
    }

    private async Task<RetentionOverview> Read(string name, int? months = null)
    {
        if (name == "faraway")
            await app.Superuser("insert into role_grants (person_id, role) values ($1, 1) on conflict do nothing", TestPeople.Ids[name]);
        return (await app.Get<Retention>().ReadAsync(await app.As(name), months, 1, Token)).Value;
    }

    private async Task<Domain.Refusal?> Set(string name, int? months) => (await app.Get<Retention>().SetAsync(await app.As(name), months, Token)).Refusal;

    private async Task<long> Left() => (long)(await app.Superuser("select count(*) from formal_tracks"))!;
}
