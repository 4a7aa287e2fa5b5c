using Microsoft.EntityFrameworkCore;
using Npgsql;
using PeerSupport.Domain.Escalation;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>The alarm to the psychologist on call, on a real database with the real roles and a clock that stands until told.</summary>
public sealed class DangerTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private MailRoom mail = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        await app.Superuser("delete from errands"); // the daily one that every installation has
        mail = new MailRoom(app);
        await app.Superuser("update people set agency_id = $1 where id = $2", await NextDoor(), TestPeople.Ids["lindgren"]);
    }

    public async ValueTask DisposeAsync()
    {
        await mail.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Many_taps_raise_one_alarm_with_one_ladder_and_one_mail_to_whoever_is_on_call()
    {
        await OnCall("okafor");
        var caseId = await app.GivenHeldCase("peer1");
        var peer = await app.As("peer1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => app.Get<DangerAlarms>().RaiseAsync(peer, caseId, Token))));

        answers.ShouldAllBe(answer => answer.Value.Alarm!.RaisedAt == app.Clock.GetUtcNow() && answer.Value.Alarm.AnsweredBy == null);
        answers[0].Value.OnCall.ShouldBe([new OnCallNumber("okafor", "206-555-0150")]);
        (await app.Superuser("select count(*) from danger_alerts")).ShouldBe(1L);
        (await app.Superuser("select count(*) from errands where kind = 2")).ShouldBe(1L);
        (await Alarmed()).ShouldBe(["okafor"]);
    }

    [Fact]
    public async Task Nobody_on_call_then_every_psychologist_of_the_agency_hears_it_at_once()
    {
        await Raise("peer1");
        (await Alarmed()).ShouldBe(["okafor"]);
    }

    [Fact]
    public async Task The_ladder_repeats_every_two_minutes_and_widens_until_somebody_has_it()
    {
        await app.Superuser("insert into role_grants (person_id, role) values ($1, 1)", TestPeople.Ids["peer90"]);
        await OnCall("okafor");
        await Raise("peer1");
        (await SentNow()).ShouldBe(["okafor"]);
        (await After(TimeSpan.FromSeconds(119))).ShouldBeEmpty();
        (await After(TimeSpan.FromSeconds(1))).ShouldBe(["okafor"]);
        (await After(TimeSpan.FromMinutes(2))).ShouldBe(["okafor"]);
        (await After(TimeSpan.FromMinutes(2))).ShouldBe(["okafor", "peer90"], "from five minutes on the whole agency");
        (await After(TimeSpan.FromMinutes(8))).ShouldBe(["okafor", "peer90"]);
        (await After(TimeSpan.FromMinutes(2))).ShouldBe(["lindgren", "okafor", "peer90"], "from fifteen minutes on the region");

        var open = (await app.Get<DangerAnswers>().ListAsync(await app.As("lindgren"), Token)).Value.Single();
        (await app.Get<DangerAnswers>().AnswerAsync(await app.As("lindgren"), open.AlarmId, Token)).Refusal.ShouldBeNull();
        (await After(TimeSpan.FromMinutes(2))).ShouldBeEmpty();
        (await app.Superuser("select count(*) from errands where kind = 2")).ShouldBe(0L, "an answered alarm climbs no further");
    }

    [Fact]
    public async Task S49_The_mail_is_constant_names_nobody_and_speaks_the_readers_language()
    {
        await app.Owner("update people set language = 'es' where id = $1", TestPeople.Ids["okafor"]);
        await Raise("peer1");
        await app.Superuser("update people set language = 'en' where id = $1", TestPeople.Ids["lindgren"]);
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        await app.Get<Errands>().RunDueAsync(Token);
        await mail.SendWhatIsDue();
        mail.Received.Select(received => received.Subject).Distinct(StringComparer.Ordinal).ShouldBe(["PeerSupport"]);
        mail.Received.Where(received => received.IsTo("lindgren@test.example")).Select(received => received.Text.ReplaceLineEndings("\n"))
            .ShouldBe(["Somebody needs the psychologist on call. Sign in now.\n\nhttp://localhost:5080/\n"]);
        mail.Received.Where(received => received.IsTo("okafor@test.example")).ShouldAllBe(received => received.Text.StartsWith("Alguien necesita al psicólogo de guardia"));
    }

    [Fact]
    public async Task While_the_mail_server_is_down_mails_do_not_pile_up()
    {
        await Raise("peer1");
        for (var rung = 0; rung < 30; rung++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(2));
            await app.Get<Errands>().RunDueAsync(Token);
        }

        (await app.Superuser("select max(n) from (select count(*) as n from messages where kind = 5 group by person_id) as each")).ShouldBe(1L);
    }

    [Fact]
    public async Task Of_all_who_tap_I_have_it_one_has_it_and_the_others_read_who()
    {
        await app.Superuser("insert into role_grants (person_id, role) select unnest($1), 1", new[] { TestPeople.Ids["peer90"], TestPeople.Ids["peer91"], TestPeople.Ids["peer92"] });
        string[] names = ["okafor", "peer90", "peer91", "peer92"];
        for (var round = 0; round < 15; round++)
        {
            await Raise("peer1");
            var actors = await Task.WhenAll(names.Select(app.As));
            var alarm = (await app.Get<DangerAnswers>().ListAsync(actors[0], Token)).Value[0].AlarmId;
            var answers = await Task.WhenAll(actors.Select(actor => Task.Run(() => app.Get<DangerAnswers>().AnswerAsync(actor, alarm, Token))));

            answers.Count(answer => answer.Succeeded).ShouldBe(1, $"round {round}");
            answers.Where(answer => !answer.Succeeded).ShouldAllBe(answer => answer.Refusal == DangerRefusals.AnsweredAlready);
            var winner = Array.FindIndex(answers, answer => answer.Succeeded);
            (await app.Get<DangerAnswers>().AnswerAsync(actors[winner], alarm, Token)).Succeeded.ShouldBeTrue("again is harmless");
            (await app.Get<DangerAnswers>().ListAsync(actors[(winner + 1) % 4], Token)).Value.Single(row => row.AlarmId == alarm).AnsweredBy.ShouldBe(names[winner]);
            (await app.Get<DangerAlarms>().FindOwnAsync(await app.As("peer1"), Token))!.AnsweredBy.ShouldBe(names[winner]);
            (await app.Superuser("select count(*) from errands where kind = 4 and subject_id = $1", alarm)).ShouldBe(1L);
            app.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task An_answered_alarm_is_forgotten_after_a_day_with_everything_that_was_about_it()
    {
        await Raise("peer1");
        var alarm = (await app.Get<DangerAnswers>().ListAsync(await app.As("okafor"), Token)).Value.Single();
        alarm.RaisedBy.ShouldBe("peer1");
        await app.Get<DangerAnswers>().AnswerAsync(await app.As("okafor"), alarm.AlarmId, Token);
        app.Clock.Advance(TimeSpan.FromHours(23));
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Superuser("select count(*) from danger_alerts")).ShouldBe(1L);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Get<Errands>().RunDueAsync(Token);
        foreach (var table in new[] { "danger_alerts", "messages", "errands" })
            (await app.Superuser($"select count(*) from {table}")).ShouldBe(0L, table);
    }

    [Fact]
    public async Task An_alarm_nobody_answers_is_never_forgotten()
    {
        await Raise("peer1");
        app.Clock.Advance(TimeSpan.FromDays(3));
        await app.Get<Errands>().RunDueAsync(Token);
        (await app.Superuser("select count(*) from danger_alerts")).ShouldBe(1L);
        (await app.Superuser("select count(*) from errands where kind = 2")).ShouldBe(1L);
    }

    [Fact]
    public async Task S39_An_alarm_and_its_mails_hold_no_id_of_a_case()
    {
        var caseId = await Raise("peer1");
        foreach (var table in new[] { "danger_alerts", "messages", "errands", "on_call" })
            (await app.Superuser($"select count(*) from {table} t where t::text like '%' || $1 || '%'", caseId.ToString())).ShouldBe(0L, table);
    }

    [Fact]
    public async Task A_case_that_is_no_longer_theirs_is_no_reason_to_refuse_an_alarm()
    {
        (await app.Get<DangerAlarms>().RaiseAsync(await app.As("peer5"), Guid.NewGuid(), Token)).Value.Alarm.ShouldNotBeNull();
        (await Alarmed()).ShouldBe(["okafor"]);
    }

    [Fact]
    public async Task A_partners_case_alarms_the_partners_psychologist_and_she_is_never_alarmed_by_herself()
    {
        await OnCall("lindgren");
        var caseId = await app.GivenOpenCase("lindgren");
        await app.Get<DangerAlarms>().RaiseAsync(await app.As("lindgren"), caseId, Token);
        (await Alarmed()).ShouldBe(["okafor"], "she is on call for her agency alone, so the region hears it");
        (await app.Get<DangerAnswers>().ListAsync(await app.As("okafor"), Token)).Value.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("peer2")]
    [InlineData("clinician")]
    [InlineData("coordinator")]
    [InlineData("administrator")]
    [InlineData("faraway")]
    public async Task S03_Nobody_but_psychologists_sees_or_answers_alarms(string name)
    {
        await Raise("peer1");
        var alarm = (Guid)(await app.Superuser("select id from danger_alerts"))!;
        var actor = await app.As(name);
        (await app.Get<DangerAnswers>().ListAsync(actor, Token)).Refusal.ShouldBe(DangerRefusals.NotFound);
        (await app.Get<DangerAnswers>().AnswerAsync(actor, alarm, Token)).Refusal.ShouldBe(DangerRefusals.NotFound);
        (await app.Get<OnCallDuty>().GoOnAsync(actor, "206-555-0150", Token)).Refusal.ShouldBe(DangerRefusals.NotFound);
        (await app.Get<OnCallDuty>().ReadAsync(actor, Token)).Refusal.ShouldBe(DangerRefusals.NotFound);
        (await app.Superuser("select count(*) from danger_alerts where acknowledged_by is null")).ShouldBe(1L);
        if (name is "clinician" or "coordinator" or "administrator")
            (await app.Get<DangerAlarms>().RaiseAsync(actor, Guid.NewGuid(), Token)).Refusal.ShouldBe(DangerRefusals.NotFound);
    }

    [Fact]
    public async Task Another_region_and_a_neighbour_too_early_see_nothing()
    {
        await Raise("peer1");
        await app.Superuser("insert into role_grants (person_id, role) values ($1, 1)", TestPeople.Ids["faraway"]);
        (await app.Get<DangerAnswers>().ListAsync(await app.As("faraway"), Token)).Value.ShouldBeEmpty();
        (await app.Get<DangerAnswers>().ListAsync(await app.As("lindgren"), Token)).Value.ShouldBeEmpty();
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        (await app.Get<DangerAnswers>().ListAsync(await app.As("lindgren"), Token)).Value.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("select count(*) from danger_alerts")]
    [InlineData("delete from danger_alerts")]
    [InlineData("update danger_alerts set raised_by = gen_random_uuid()")]
    [InlineData("select phone from on_call")]
    public async Task S41_The_database_itself_keeps_alarms_from_everybody_else(string sql)
    {
        await OnCall("okafor");
        await Raise("peer1");
        foreach (var login in new[] { app.Connections.Accounts, app.Connections.Tracks, app.Connections.Reveal })
            (await Should.ThrowAsync<PostgresException>(() => TestApp.Run(login, sql))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Going_on_and_off_call_and_what_is_shown_of_it()
    {
        (await app.Get<OnCallDuty>().GoOnAsync(await app.As("okafor"), "call me", Token)).Refusal.ShouldBe(DangerRefusals.NeedsPhone);
        await OnCall("okafor");
        await OnCall("okafor", "206-555-0199");
        (await app.Get<OnCallDuty>().ReadAsync(await app.As("okafor"), Token)).Value.Mine!.Phone.ShouldBe("206-555-0199");
        await app.Superuser("delete from role_grants where person_id = $1", TestPeople.Ids["okafor"]);
        (await app.Get<DangerAlarms>().ReadAsync(await app.As("peer1"), Guid.NewGuid(), Token)).Value.OnCall.ShouldBeEmpty("who lost the role is on call no more");
        await app.Superuser("insert into role_grants (person_id, role) values ($1, 1)", TestPeople.Ids["okafor"]);
        (await app.Get<OnCallDuty>().GoOffAsync(await app.As("okafor"), Token)).Refusal.ShouldBeNull();
        (await app.Superuser("select count(*) from on_call")).ShouldBe(0L);
    }

    private async Task OnCall(string name, string phone = "206-555-0150") => (await app.Get<OnCallDuty>().GoOnAsync(await app.As(name), phone, Token)).Refusal.ShouldBeNull();

    private async Task<Guid> Raise(string peer)
    {
        var caseId = await app.GivenHeldCase(peer);
        (await app.Get<DangerAlarms>().RaiseAsync(await app.As(peer), caseId, Token)).Refusal.ShouldBeNull();
        await app.Get<Services.Cases.HandBack>().HandBackAsync(await app.As(peer), caseId, Token);
        await app.Superuser("delete from support_cases");
        await app.Superuser("update peers set hand_backs = '{}'"); // who raises many alarms here is no harvester
        return caseId;
    }

    /// <summary>Who was mailed about an alarm so far.</summary>
    private async Task<string[]> Alarmed() =>
        ((string)(await app.Superuser("select coalesce(string_agg(distinct p.display_name, ',' order by p.display_name), '') from messages m join people p on p.id = m.person_id where m.kind = 5"))!)
            .Split(',', StringSplitOptions.RemoveEmptyEntries);

    private async Task<string[]> After(TimeSpan time)
    {
        app.Clock.Advance(time);
        await app.Get<Errands>().RunDueAsync(Token);
        return await SentNow();
    }

    /// <summary>Who was mailed about an alarm since the last look.</summary>
    private async Task<string[]> SentNow()
    {
        var before = mail.Received.Count;
        await mail.SendWhatIsDue();
        return [.. mail.Received.Skip(before).Where(received => received.Text.Contains("psychologist on call", StringComparison.Ordinal))
            .Select(received => received.To[0].Split('@')[0]).Order(StringComparer.Ordinal)];
    }

    private async Task<Guid> NextDoor()
    {
        var agency = Guid.NewGuid();
        await app.Superuser("insert into agencies (id, region_id, name) values ($1, $2, 'Next Door')", agency, TestPeople.Region);
        return agency;
    }
}
