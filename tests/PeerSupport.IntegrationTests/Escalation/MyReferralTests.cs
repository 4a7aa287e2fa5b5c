using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Sealing;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>The officer, without an account, by the code of their copy.</summary>
public sealed class MyReferralTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task An_officer_sees_with_whom_since_when_and_on_which_basis()
    {
        var track = await app.GivenTrack();
        var view = (await Find(await app.GivenOwnCode(track))).Value;
        (view.State, view.Basis, view.Voluntariness).ShouldBe((TrackState.Referred, Basis.Consent, Voluntariness.Voluntary));
        (view.ClinicianName, view.ClinicianPhone, view.ClinicianIsOutside, view.StewardName).ShouldBe(("Dr. abara", "206-555-0190", true, "okafor"));
        view.SharedOn.ShouldBe(new DateOnly(2026, 11, 9));
        view.MayWithdraw.ShouldBeTrue();
    }

    [Fact]
    public async Task However_it_is_typed_the_code_is_the_code()
    {
        var track = await app.GivenTrack();
        var code = await app.GivenOwnCode(track);
        foreach (var typed in new[] { code.ToLowerInvariant(), code.Replace("-", "", StringComparison.Ordinal), $"  {code.Replace('-', ' ')} ", code.Replace('0', 'o').Replace('1', 'l') })
            (await Find(typed)).Succeeded.ShouldBeTrue(typed);
    }

    [Fact]
    public async Task S60_One_reply_for_wrong_made_up_and_destroyed()
    {
        var track = await app.GivenTrack();
        var code = await app.GivenOwnCode(track);
        await app.Superuser("delete from formal_tracks where id = $1", track);
        foreach (var wrong in new[] { null, "", "x", code, CodeOf(Guid.NewGuid()), new string('A', 5000), "' or 1=1 --", "7K3M-PQ2X-0A9C-HH4!" })
        {
            (await Find(wrong)).Refusal.ShouldBe(EscalationRefusals.CodeUnknown);
            (await app.Get<MyReferral>().WithdrawAsync(wrong, Token)).Refusal.ShouldBe(EscalationRefusals.CodeUnknown);
            (await app.Get<MyReferral>().KeepAsync(wrong, app.Get<MyReferral>().OfferCode(), Token)).Refusal.ShouldBe(EscalationRefusals.CodeUnknown);
        }
    }

    [Theory]
    [InlineData("abara")]
    [InlineData("carver")]
    public async Task After_a_withdrawal_nobody_opens_what_was_shared_and_the_clinician_is_told(string clinician)
    {
        var track = await app.GivenTrack(clinician);
        await app.Step(clinician == "abara" ? "clinician" : "okafor", track, TrackStep.Acknowledge);
        var code = await app.GivenOwnCode(track);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.Get<MyReferral>().WithdrawAsync(code, Token)));
        answers.ShouldAllBe(answer => answer.Value.WithdrawnOn != null && !answer.Value.MayWithdraw);

        foreach (var name in new[] { "clinician", "okafor", "peer1" })
            (await app.Get<ReadTrack>().OpenAsync(await app.As(name), track, ReadReason.OpenedTrack, Token)).Succeeded.ShouldBeFalse(name);
        var view = (await app.Get<Tracks>().ReadAsync(await app.As("okafor"), track, Token)).Value;
        view.Row.State.ShouldBe(TrackState.EndedByOfficer);
        view.Entries.Where(e => e.Kind == TrackEventKind.ConsentWithdrawn).Select(e => e.By).ShouldBe(["the officer"]);
        view.Fault.ShouldBeNull();
        (await app.Superuser("select count(*) from messages where kind = 7")).ShouldBe(1L, "the clinician, with an account or without");
        (await app.Superuser("select count(*) from messages where kind = 10 and person_id = $1", TestPeople.Ids["okafor"])).ShouldBe(1L, "the psychologist");
    }

    [Fact]
    public async Task An_exception_rests_on_no_consent_so_there_is_none_to_withdraw()
    {
        var track = await app.GivenException();
        var code = await app.GivenOwnCode(track);
        (await Find(code)).Value.MayWithdraw.ShouldBeFalse();
        (await app.Get<MyReferral>().WithdrawAsync(code, Token)).Refusal.ShouldBe(EscalationRefusals.StepNotAllowed);
    }

    [Fact]
    public async Task S61_Stored_codes_are_useless_without_the_secret()
    {
        var track = await app.GivenTrack();
        var stored = (byte[])(await app.Superuser("select officer_code_hash from formal_tracks"))!;
        var elsewhere = new OfficerCodes(new InstallationSecret(Directory.CreateTempSubdirectory("peersupport-other-").FullName));
        elsewhere.Of(track).ShouldNotBe(CodeOf(track), StringComparer.Ordinal);
        elsewhere.LookUp(CodeOf(track)).ShouldNotBe(stored);
        app.Get<OfficerCodes>().LookUp(CodeOf(track)).ShouldBe(stored);
        ((string)(await app.Superuser("select string_agg(t::text, ' ') from formal_tracks t"))!).ShouldNotContain(CodeOf(track), Case.Sensitive);
    }

    [Fact]
    public async Task The_printed_code_shows_nothing_and_ends_nothing_until_it_is_replaced()
    {
        var track = await app.GivenTrack();
        (await Find(CodeOf(track))).Refusal.ShouldBe(EscalationRefusals.KeepOwnCode);
        (await app.Get<MyReferral>().WithdrawAsync(CodeOf(track), Token)).Refusal.ShouldBe(EscalationRefusals.KeepOwnCode);
        (await Kinds(track)).ShouldNotContain(TrackEventKind.CodeKept, "looking changes nothing");
        (await app.Superuser("select consent_withdrawn_at is null from formal_tracks")).ShouldBe(true);
    }

    [Fact]
    public async Task The_first_use_replaces_the_code_the_peer_saw_and_stands_in_the_record()
    {
        var track = await app.GivenTrack();
        var own = app.Get<MyReferral>().OfferCode();
        (await Find(own)).Refusal.ShouldBe(EscalationRefusals.CodeUnknown, "an offered code opens nothing yet");
        (await app.Get<MyReferral>().KeepAsync(CodeOf(track), own, Token)).Value.State.ShouldBe(TrackState.Referred);
        (await Find(own)).Value.StewardName.ShouldBe("okafor");
        (await Find(CodeOf(track))).Refusal.ShouldBe(EscalationRefusals.CodeUnknown);
        (await app.Get<MyReferral>().KeepAsync(CodeOf(track), app.Get<MyReferral>().OfferCode(), Token)).Refusal.ShouldBe(EscalationRefusals.CodeUnknown);
        (await app.Get<MyReferral>().KeepAsync(CodeOf(track), own, Token)).Succeeded.ShouldBeTrue("pressing twice is harmless");
        (await Kinds(track)).Count(kind => kind == TrackEventKind.CodeKept).ShouldBe(1);
        (await app.Get<Tracks>().ReadAsync(await app.As("okafor"), track, Token)).Value.Fault.ShouldBeNull();
        ((string)(await app.Superuser("select string_agg(t::text, ' ') from formal_tracks t"))!).ShouldNotContain(own, Case.Sensitive);
    }

    [Fact]
    public async Task Of_two_who_use_the_printed_code_at_once_one_has_it()
    {
        var track = await app.GivenTrack();
        var own = Enumerable.Range(0, 6).Select(_ => app.Get<MyReferral>().OfferCode()).ToArray();
        var answers = await Task.WhenAll(own.Select(code => Task.Run(() => app.Get<MyReferral>().KeepAsync(CodeOf(track), code, Token))));
        answers.Count(answer => answer.Succeeded).ShouldBe(1);
        answers.Where(answer => !answer.Succeeded).ShouldAllBe(answer => answer.Refusal == EscalationRefusals.CodeUnknown);
        (await Kinds(track)).Count(kind => kind == TrackEventKind.CodeKept).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_prints_the_officers_own_code_and_a_lost_one_is_replaced_by_a_new_print()
    {
        var track = await app.GivenTrack();
        var copies = app.Get<OfficerCopies>();
        (await copies.OpenAsync(await app.As("okafor"), track, Token)).Value.Code.ShouldBe(CodeOf(track));
        (await copies.NewCodeAsync(await app.As("okafor"), track, Token)).Refusal.ShouldBeNull();
        (await copies.OpenAsync(await app.As("clinician"), track, Token)).Value.Code.ShouldBe(CodeOf(track), "an unused print is printed again");
        var own = await app.GivenOwnCode(track);
        foreach (var name in new[] { "okafor", "clinician" })
            (await copies.OpenAsync(await app.As(name), track, Token)).Value.Code.ShouldBeNull(name);
        foreach (var name in new[] { "lindgren", "peer1", "clinician2", "coordinator", "administrator" })
            (await copies.NewCodeAsync(await app.As(name), track, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound, name);
        (await Find(own)).Succeeded.ShouldBeTrue();

        (await copies.NewCodeAsync(await app.As("okafor"), track, Token)).Refusal.ShouldBeNull();
        (await Find(own)).Refusal.ShouldBe(EscalationRefusals.CodeUnknown, "whoever found the lost one has nothing");
        var printed = (await copies.OpenAsync(await app.As("okafor"), track, Token)).Value.Code;
        printed.ShouldNotBe(CodeOf(track), StringComparer.Ordinal);
        (await Find(printed)).Refusal.ShouldBe(EscalationRefusals.KeepOwnCode);
        var view = (await app.Get<Tracks>().ReadAsync(await app.As("okafor"), track, Token)).Value;
        view.Entries.Where(entry => entry.Kind is TrackEventKind.CopyPrinted or TrackEventKind.CodeKept or TrackEventKind.CodePrinted).Select(entry => (entry.Kind, entry.By)).ShouldBe(
        [
            (TrackEventKind.CopyPrinted, "you"), (TrackEventKind.CodeKept, "the officer"), (TrackEventKind.CopyPrinted, "you"),
            (TrackEventKind.CodePrinted, "you"), (TrackEventKind.CopyPrinted, "you"),
        ]);
        view.Fault.ShouldBeNull();
    }

    [Fact]
    public async Task S62_A_flood_of_guesses_costs_no_look_up_and_keeps_nobody_out()
    {
        var own = await app.GivenOwnCode(await app.GivenTrack());
        for (var guess = 0; guess < TryLimit.Burst * 20; guess++)
            (await Find($"7K3M-PQ2X-{guess / 32 / 32 % 10}{guess / 32 % 10}9C-{guess % 10}H4T")).Refusal.ShouldBe(EscalationRefusals.CodeUnknown);
        (await Find(own)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task S62_A_flood_of_codes_that_this_installation_made_is_turned_away_before_the_database()
    {
        foreach (var _ in Enumerable.Range(0, TryLimit.Burst))
            (await Find(CodeOf(Guid.NewGuid()))).Refusal.ShouldBe(EscalationRefusals.CodeUnknown);
        (await Find(CodeOf(Guid.NewGuid()))).Refusal.ShouldBe(EscalationRefusals.TooManyTries);
        await app.As("okafor"); // staff goes on
    }

    private async Task<TrackEventKind[]> Kinds(Guid track) =>
        [.. ((int[])(await app.Superuser("select array_agg(kind order by number) from track_events where track_id = $1", track))!).Select(kind => (TrackEventKind)kind)];

    private Task<Domain.Result<OfficerView>> Find(string? code) => app.Get<MyReferral>().FindAsync(code, Token);

    private string CodeOf(Guid track) => app.Get<OfficerCodes>().Of(track);
}
