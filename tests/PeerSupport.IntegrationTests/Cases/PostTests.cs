using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.Cases;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>Posting, drafts and withdrawing.</summary>
public sealed class PostTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Every_available_peer_of_the_region_gets_one_board_row_and_one_mail()
    {
        await app.Owner("update peers set on_duty = false where person_id = $1", TestPeople.Ids["peer1"]);
        await app.Owner("update peers set trained_until = '2026-01-01' where person_id = $1", TestPeople.Ids["peer2"]);
        await app.Owner("update people set active = false where id = $1", TestPeople.Ids["peer3"]);
        await app.Owner("update peers set held = 2 where person_id = $1", TestPeople.Ids["peer4"]);
        var id = await app.GivenOpenCase(form: TestApp.Form(keptAway: "peer5"));

        (await app.Superuser("select count(*) from deliveries where case_id = $1 and channel = 1", id)).ShouldBe(95L);
        (await app.Superuser("select count(*) from deliveries where case_id = $1 and channel = 2 and state = 1", id)).ShouldBe(95L);
        foreach (var name in new[] { "peer1", "peer2", "peer3", "peer4", "peer5", "faraway" })
            (await app.Superuser("select count(*) from deliveries where peer_id = $1", TestPeople.Ids[name])).ShouldBe(0L, name);
    }

    [Fact]
    public async Task An_empty_form_is_told_everything_at_once_and_nothing_is_written()
    {
        var empty = new CaseForm(new OfficerIdentity(Confidential.From(" "), Confidential.From(null), Confidential.From(""), Confidential.From("")), null, null, null, [], [], null);
        var outcome = (await app.Get<PostCase>().PostAsync(await app.As("okafor"), empty, Token)).Value;
        outcome.Posted.ShouldBeNull();
        outcome.Problems.Select(p => p.Field).ShouldBe([CaseField.Name, CaseField.Reach, CaseField.Situation, CaseField.Level, CaseField.Urgency]);
        (await app.Superuser("select count(*) from support_cases")).ShouldBe(0L);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(999999)]
    public async Task A_wrong_type_id_is_a_sentence(int type)
    {
        var outcome = (await app.Get<PostCase>().PostAsync(await app.As("okafor"), TestApp.Form(type: type), Token)).Value;
        outcome.Problems.ShouldHaveSingleItem().Field.ShouldBe(CaseField.Situation);
    }

    [Fact]
    public async Task Oversize_words_are_told_with_their_length()
    {
        var form = TestApp.Form(officer: new string('x', 201));
        (await app.Get<PostCase>().PostAsync(await app.As("okafor"), form, Token)).Value.Problems.ShouldHaveSingleItem().Sentence.ShouldContain("201");
    }

    [Fact]
    public async Task Somebody_who_is_no_peer_of_the_region_cannot_be_picked()
    {
        var outcome = (await app.Get<PostCase>().PostAsync(await app.As("okafor"), TestApp.Form(keptAway: "faraway"), Token)).Value;
        outcome.Problems.ShouldHaveSingleItem().Field.ShouldBe(CaseField.KeptAway);
    }

    [Theory]
    [InlineData("peer1")]
    [InlineData("administrator")]
    [InlineData("clinician")]
    public async Task Only_a_psychologist_posts(string name) =>
        (await app.Get<PostCase>().PostAsync(await app.As(name), TestApp.Form(), Token)).Refusal.ShouldBe(CaseRefusals.NotAllowed);

    [Fact]
    public async Task Two_cases_never_share_their_two_words()
    {
        var form = TestApp.Form() with { Handle = new Handle(7, 7) };
        await app.GivenOpenCase(form: form);
        await app.GivenOpenCase(form: form);
        (await app.Superuser("select count(distinct (handle_first, handle_second)) from support_cases")).ShouldBe(2L);
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_case_and_says_so()
    {
        var form = TestApp.Form() with { Id = Guid.NewGuid(), Handle = new Handle(7, 7) };
        var psychologist = await app.As("okafor");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => app.Get<PostCase>().PostAsync(psychologist, form, Token))));

        var receipts = answers.Select(answer => answer.Value.Posted.ShouldNotBeNull()).ToList();
        receipts.Count(receipt => !receipt.Before).ShouldBe(1);
        receipts.Select(receipt => receipt with { Before = false }).Distinct().ShouldHaveSingleItem().ShouldBe(new PostedReceipt(form.Id!.Value, new Handle(7, 7), 100));
        (await app.Superuser("select count(*) from support_cases")).ShouldBe(1L);
        (await app.Superuser("select count from posted_counts")).ShouldBe(1);
    }

    [Fact]
    public async Task A_form_with_the_id_of_somebody_elses_case_is_posted_under_another_and_tells_nothing()
    {
        var theirs = await app.GivenOpenCase("lindgren");
        var posted = (await app.Get<PostCase>().PostAsync(await app.As("okafor"), TestApp.Form() with { Id = theirs }, Token)).Value.Posted.ShouldNotBeNull();
        posted.Before.ShouldBeFalse();
        posted.CaseId.ShouldNotBe(theirs);
        (await app.Superuser("select count(*) from support_cases where psychologist_id = $1", TestPeople.Ids["lindgren"])).ShouldBe(1L);
    }

    [Fact]
    public async Task Half_a_form_is_kept_as_a_draft_and_words_too_long_are_not()
    {
        var actor = await app.As("okafor");
        var half = TestApp.Form(officer: "") with { SituationTypeId = null, Urgency = null };
        (await app.Get<Drafts>().SaveAsync(actor, half, Token)).Succeeded.ShouldBeTrue();
        (await app.Get<Drafts>().SaveAsync(actor, TestApp.Form(officer: new string('x', 201)), Token)).Refusal.ShouldBe(CaseRefusals.DraftTooLong);
    }

    [Fact]
    public async Task A_draft_is_sealed_opens_with_a_fresh_sign_in_and_burns_with_the_post()
    {
        var actor = await app.As("okafor");
        (await app.Get<Drafts>().SaveAsync(actor, TestApp.Form(officer: "Half Typed"), Token)).Succeeded.ShouldBeTrue();
        (await app.Superuser("select position('Half'::bytea in content) from case_drafts")).ShouldBe(0);
        var opened = (await app.Get<Drafts>().OpenAsync(actor, TestApp.FreshlySignedIn(actor), Token)).Value;
        opened.Officer.Name.Unsealed.ShouldBe("Half Typed");
        (await app.Get<Drafts>().OpenAsync(await app.As("lindgren"), TestApp.FreshlySignedIn(await app.As("lindgren")), Token)).Refusal.ShouldBe(CaseRefusals.NoDraft);

        await app.GivenOpenCase(form: opened);
        (await app.Get<Drafts>().SavedAtAsync(actor, Token)).ShouldBeNull();
        (await app.Superuser("select count(*) from case_drafts")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_withdrawn_case_is_gone_and_counted_once()
    {
        var id = await app.GivenOpenCase();
        var actor = await app.As("okafor");
        (await app.Get<WithdrawCase>().WithdrawAsync(await app.As("lindgren"), id, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
        (await app.Get<WithdrawCase>().WithdrawAsync(actor, id, Token)).Refusal.ShouldBeNull();
        (await app.Get<WithdrawCase>().WithdrawAsync(actor, id, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
        (await app.Superuser("select count(*) from sealed_identities")).ShouldBe(0L);
        (await app.Superuser("select count from tallies where measure = 2 and cell = 'Withdrawn'")).ShouldBe(1);
    }
}
