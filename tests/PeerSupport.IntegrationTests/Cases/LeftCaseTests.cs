using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.IntegrationTests.Notices;
using PeerSupport.IntegrationTests.People.Administration;
using PeerSupport.IntegrationTests.Persistence;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People.Administration;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>The psychologist of a case is gone: the others of her agency hear of it, and one takes it over.</summary>
public sealed class LeftCaseTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private MailRoom mail = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        mail = new MailRoom(app);
        await app.Owner("update peers set on_duty = false where person_id <> all($1)", new[] { Id("peer1"), Id("peer2"), Id("peer3") });
    }

    public async ValueTask DisposeAsync()
    {
        await mail.DisposeAsync();
        await app.DisposeAsync();
    }

    public static TheoryData<string> Ways() => ["role", "disable", "move"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Another_psychologist_of_the_agency_takes_it_over_with_everything_that_says_whose_it_is(string way)
    {
        var id = await app.GivenOpenCase(form: TestApp.Form(keptAway: "peer3"));
        await Leaves("okafor", way);
        var lindgren = await app.As("lindgren");
        var left = (await app.Get<TakeOverCase>().ListAsync(lindgren, Token)).Value.Single();
        (left.CaseId, left.TypeId, left.PostedAt, left.Held).ShouldBe((id, 103, app.Clock.GetUtcNow(), false));
        (await app.Get<CaseProgress>().ReadAsync(lindgren, id, Token)).Refusal.ShouldBe(CaseRefusals.NotFound, "not before");
        (await app.Get<RevealIdentity>().RevealAsync(lindgren, id, TestApp.FreshlySignedIn(lindgren), false, Token)).Refusal.ShouldBe(CaseRefusals.NotFound, "not before");

        (await Take("lindgren", id)).Refusal.ShouldBeNull();
        (await Take("lindgren", id)).Refusal.ShouldBeNull("again is harmless");
        foreach (var whose in new[] { "psychologist_id from support_cases", "posted_by from deliveries", "posted_by from recusals" })
            (await app.Superuser($"select string_agg(distinct one::text, ',') from (select {whose}) all_of_it (one)")).ShouldBe(Id("lindgren").ToString(), whose);
        var posted = (await app.Get<PostedCaseList>().ReadAsync(lindgren, null, 1, Token)).Value.Cases.Single();
        (posted.CaseId, posted.Counts.OnBoard).ShouldBe((id, 2));
        (await app.Get<TakeOverCase>().ListAsync(lindgren, Token)).Value.ShouldBeEmpty();
        (await app.Get<WidenNow>().WidenAsync(lindgren, id, posted.Wave, Token)).Refusal.ShouldBeNull();
        (await app.Connections.Board.CountWith("app.actor", Id("okafor").ToString(), "support_cases")).ShouldBe(0, "it is hers no more");
        (await app.Get<WithdrawCase>().WithdrawAsync(lindgren, id, Token)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task While_she_is_there_nobody_takes_it_from_her_and_nobody_outside_ever_does()
    {
        var id = await app.GivenOpenCase();
        (await Take("lindgren", id)).Refusal.ShouldBe(CaseRefusals.HasPsychologist);
        (await app.Get<TakeOverCase>().ListAsync(await app.As("lindgren"), Token)).Value.ShouldBeEmpty();
        await Leaves("okafor", "role");
        await app.Superuser("insert into role_grants (person_id, role) values ($1, 1)", Id("faraway"));
        foreach (var name in new[] { "peer1", "clinician", "coordinator", "administrator", "faraway", "okafor" })
        {
            if (await TryAs(name) is not { } actor)
                continue;
            (await app.Get<TakeOverCase>().TakeAsync(actor, id, Token)).Refusal.ShouldBe(CaseRefusals.NotFound, name);
            var listed = await app.Get<TakeOverCase>().ListAsync(actor, Token);
            (listed.Refusal == CaseRefusals.NotFound || listed.Value.Count == 0).ShouldBeTrue(name);
            // And the database's own functions say the same, whatever the code above them does.
            (await app.Connections.Board.TextWith("app.actor", actor.PersonId.ToString(), $"select take_over_case('{id}')")).ShouldBe("not-found", name);
            (await app.Connections.Board.CountWith("app.actor", actor.PersonId.ToString(), "left_cases()")).ShouldBe(0, name);
        }

        (await app.Connections.Board.CountWith("app.actor", Id("lindgren").ToString(), "left_cases()")).ShouldBe(1);
        (await app.Connections.Board.CountWith("app.left_in", TestPeople.Agency.ToString(), "support_cases")).ShouldBe(0, "the login of the boards sees nothing by saying so");
        (await app.Connections.Board.CountWith("app.taking_over", id.ToString(), "deliveries")).ShouldBe(0);
        (await app.Superuser("select psychologist_id from support_cases")).ShouldBe(Id("okafor"));
    }

    [Fact]
    public async Task Of_two_who_take_it_over_at_once_one_has_it_and_the_other_reads_why()
    {
        await Psychologist("peer90");
        var (one, other) = (await app.As("lindgren"), await app.As("peer90"));
        for (var round = 0; round < 10; round++)
        {
            var id = await app.GivenOpenCase();
            await app.Superuser("update people set active = false where id = $1", Id("okafor"));
            var taken = await Task.WhenAll(
                Task.Run(() => app.Get<TakeOverCase>().TakeAsync(one, id, Token)), Task.Run(() => app.Get<TakeOverCase>().TakeAsync(other, id, Token)));
            taken.Count(result => result.Succeeded).ShouldBe(1, $"round {round}");
            taken.Single(result => !result.Succeeded).Refusal.ShouldBe(CaseRefusals.HasPsychologist);
            (await app.Superuser("select psychologist_id from support_cases where id = $1", id)).ShouldBe(taken[0].Succeeded ? one.PersonId : other.PersonId);
            await app.Superuser("update people set active = true where id = $1", Id("okafor"));
        }
    }

    [Fact]
    public async Task Who_holds_it_keeps_it_can_still_reveal_and_hand_back_and_she_sees_who_it_is()
    {
        var id = await app.GivenHeldCase("peer1");
        await Leaves("okafor", "disable");
        (await app.Get<TakeOverCase>().ListAsync(await app.As("lindgren"), Token)).Value.Single().Held.ShouldBeTrue();
        (await Take("lindgren", id)).Refusal.ShouldBeNull();
        (await app.Superuser("select holder_id from support_cases")).ShouldBe(Id("peer1"));
        (await app.Get<PostedCaseList>().ReadAsync(await app.As("lindgren"), null, 1, Token)).Value.Cases.Single().AcceptedBy.ShouldBe("peer1");

        var (peer, lindgren) = (await app.As("peer1"), await app.As("lindgren"));
        Name(await app.Get<RevealIdentity>().RevealAsync(peer, id, TestApp.FreshlySignedIn(peer), true, Token)).ShouldBe("Daniel Reyes");
        Name(await app.Get<RevealIdentity>().RevealAsync(lindgren, id, TestApp.FreshlySignedIn(lindgren), false, Token)).ShouldBe("Daniel Reyes", "as whoever posted it could");

        (await app.Get<HandBack>().HandBackAsync(peer, id, Token)).Refusal.ShouldBeNull();
        (await app.Superuser("select posted_by from recusals where peer_id = $1", peer.PersonId)).ShouldBe(lindgren.PersonId);
        await Hours(0);
        mail.Received.Count(one => one.IsTo("peer2@test.example")).ShouldBe(1, "the ladder begins anew");
    }

    [Fact]
    public async Task Who_accepts_it_after_a_take_over_reveals_and_closes_as_ever()
    {
        var id = await app.GivenOpenCase();
        await Leaves("okafor", "move");
        (await Take("lindgren", id)).Refusal.ShouldBeNull();
        var peer = await app.As("peer2");
        (await app.Get<AcceptCase>().AcceptAsync(peer, id, Token)).Refusal.ShouldBeNull();
        Name(await app.Get<RevealIdentity>().RevealAsync(peer, id, TestApp.FreshlySignedIn(peer), true, Token)).ShouldBe("Daniel Reyes");
        (await app.Get<CloseCase>().CloseAsync(peer, id, CaseOutcome.Supported, Token)).Refusal.ShouldBeNull();
        (await app.Superuser("select count(*) from support_cases")).ShouldBe(0L);
    }

    [Fact]
    public async Task The_others_hear_until_each_case_has_somebody_and_reminders_then_go_to_her()
    {
        var id = await app.GivenOpenCase();
        await Leaves("okafor", "disable");
        await Hours(0);
        (Told("lindgren"), Told("okafor"), Told("peer1"), Told("administrator")).ShouldBe((1, 0, 0, 0));
        await Hours(1);
        await Hours(2);
        Told("lindgren").ShouldBe(3);
        mail.Received.Count(one => one.IsTo("okafor@test.example")).ShouldBe(0);
        Nobody("lindgren").ShouldBe(0);

        (await Take("lindgren", id)).Refusal.ShouldBeNull();
        for (var half = 0; half < 16; half++)
            await Minutes(30);
        Told("lindgren").ShouldBe(3);
        Nobody("lindgren").ShouldBeGreaterThan(1);
        (await app.Superuser("select count(*) from errands where kind = 10")).ShouldBe(0L);
    }

    [Fact]
    public async Task Where_no_psychologist_is_left_the_administrators_hear_and_who_becomes_one_takes_it_over()
    {
        await Leaves("lindgren", "role");
        (await Agency()).HasPsychologist.ShouldBeTrue();
        var id = await app.GivenOpenCase();
        await Leaves("okafor", "role");
        await Hours(0);
        (No("administrator"), Told("administrator"), No("lindgren"), No("coordinator")).ShouldBe((1, 0, 0, 0));
        (await Agency()).HasPsychologist.ShouldBeFalse();

        await Psychologist("peer90");
        await Hours(1);
        (No("administrator"), Told("peer90")).ShouldBe((1, 1));
        (await Take("peer90", id)).Refusal.ShouldBeNull();
        (await Agency()).HasPsychologist.ShouldBeTrue();
    }

    [Fact]
    public async Task The_words_are_constant_and_name_nobody()
    {
        await app.GivenOpenCase(form: TestApp.Form("Zyxmark 4711"));
        await Leaves("okafor", "disable");
        await Hours(0);
        var told = mail.Received.Single(one => one.IsTo("lindgren@test.example"));
        (told.Subject, told.Text.ReplaceLineEndings("\n")).ShouldBe(
            ("PeerSupport", "A case of your agency has lost its psychologist. Sign in to take it over.\n\nhttp://localhost:5080/\n"));
        (await app.Superuser("select count(*) from messages where kind = 27 and num_nonnulls(case_id, track_id, alert_id, link_id, clinician_id, address) > 0")).ShouldBe(0L);
    }

    [Fact]
    public async Task Where_nothing_is_left_nobody_is_mailed_and_a_post_that_was_under_way_is_not_missed()
    {
        await Leaves("okafor", "role");
        await Hours(0);
        Told("lindgren").ShouldBe(0);
        var id = await app.GivenOpenCase("lindgren");
        await app.Superuser("update support_cases set psychologist_id = $1", Id("okafor")); // as if its transaction had begun before
        await Minutes(1);
        Told("lindgren").ShouldBe(1);
        (await Take("lindgren", id)).Refusal.ShouldBeNull();
        await Hours(12);
        (await app.Superuser("select count(*) from errands where kind = 10")).ShouldBe(0L);
    }

    [Fact]
    public async Task Two_who_leave_are_one_reminder_and_somebody_who_is_no_psychologist_is_none()
    {
        await Psychologist("peer90");
        await app.GivenOpenCase();
        await app.GivenOpenCase("peer90");
        await Leaves("okafor", "role");
        await Minutes(0);
        Told("lindgren").ShouldBe(1);
        await Leaves("peer90", "role");
        await Leaves("clinician", "disable");
        await Minutes(0);
        Told("lindgren").ShouldBe(2, "a second one has left");
        await Hours(1);
        Told("lindgren").ShouldBe(3);
        (await app.Superuser("select count(*) from errands where kind = 10")).ShouldBe(1L);
    }

    private static Guid Id(string name) => TestPeople.Ids[name];

    private static string? Name(Result<RevealedIdentity> revealed) => revealed.Succeeded ? revealed.Value.Officer.Name.ReadWith(revealed.Value.Grant) : revealed.Refusal!.Code;

    private async Task<Result> Take(string name, Guid id) => await app.Get<TakeOverCase>().TakeAsync(await app.As(name), id, Token);

    private async Task Psychologist(string name)
    {
        await app.Superuser("insert into role_grants (person_id, role) values ($1, 1)", Id(name));
        await app.Superuser("delete from role_grants where person_id = $1 and role = 2", Id(name));
    }

    private async Task<AgencyRow> Agency() => (await app.Get<AgencyKeeping>().ReadAsync(await app.As("administrator"), Token)).Value.Agencies.Single(one => one.AgencyId == TestPeople.Agency);

    private async Task<Services.People.Actor?> TryAs(string name) => await app.Resolve(await app.SignIn(name));

    private int Told(string name) => Mails(name, "A case of your agency has lost its psychologist.");

    private int No(string name) => Mails(name, "An agency has cases and no psychologist.");

    private int Nobody(string name) => Mails(name, "Nobody has taken a case of yours yet.");

    private int Mails(string name, string words) => mail.Received.Count(one => one.IsTo($"{name}@test.example") && one.Text.StartsWith(words, StringComparison.Ordinal));

    private Task Hours(int hours) => Minutes(60 * hours);

    private async Task Minutes(int minutes)
    {
        app.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await app.Get<Errands>().RunDueAsync(Token);
        await mail.SendWhatIsDue();
    }

    private async Task Leaves(string name, string way)
    {
        var administrator = await app.As("administrator");
        var left = way switch
        {
            "role" => await app.Get<RoleRequests>().RemoveAsync(administrator, Id(name), Role.Psychologist, Token),
            "disable" => await app.Get<PeopleKeeping>().SetActiveAsync(administrator, Id(name), false, Token),
            _ => new Result((await app.Get<PeopleKeeping>().ChangeAsync(administrator, Id(name), Administrators.Person() with { AgencyId = TestPeople.FarAgency }, null, Token)).Refusal),
        };
        left.Refusal.ShouldBeNull();
    }
}
