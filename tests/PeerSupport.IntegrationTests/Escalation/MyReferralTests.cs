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
        var view = (await Find(CodeOf(track))).Value;
        (view.State, view.Basis, view.Voluntariness).ShouldBe((TrackState.Referred, Basis.Consent, Voluntariness.Voluntary));
        (view.ClinicianName, view.ClinicianPhone, view.ClinicianIsOutside, view.StewardName).ShouldBe(("Dr. abara", "206-555-0190", true, "okafor"));
        view.SharedOn.ShouldBe(new DateOnly(2026, 11, 9));
        view.MayWithdraw.ShouldBeTrue();
    }

    [Fact]
    public async Task However_it_is_typed_the_code_is_the_code()
    {
        var track = await app.GivenTrack();
        var code = CodeOf(track);
        foreach (var typed in new[] { code.ToLowerInvariant(), code.Replace("-", "", StringComparison.Ordinal), $"  {code.Replace('-', ' ')} ", code.Replace('0', 'o').Replace('1', 'l') })
            (await Find(typed)).Succeeded.ShouldBeTrue(typed);
    }

    [Fact]
    public async Task S60_One_reply_for_wrong_made_up_and_destroyed()
    {
        var track = await app.GivenTrack();
        var code = CodeOf(track);
        await app.Superuser("delete from formal_tracks where id = $1", track);
        foreach (var wrong in new[] { null, "", "x", code, CodeOf(Guid.NewGuid()), new string('A', 5000), "' or 1=1 --", "7K3M-PQ2X-0A9C-HH4!" })
        {
            (await Find(wrong)).Refusal.ShouldBe(EscalationRefusals.CodeUnknown);
            (await app.Get<MyReferral>().WithdrawAsync(wrong, Token)).Refusal.ShouldBe(EscalationRefusals.CodeUnknown);
        }
    }

    [Theory]
    [InlineData("abara")]
    [InlineData("carver")]
    public async Task After_a_withdrawal_nobody_opens_what_was_shared_and_the_clinician_is_told(string clinician)
    {
        var track = await app.GivenTrack(clinician);
        await app.Step(clinician == "abara" ? "clinician" : "okafor", track, TrackStep.Acknowledge);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.Get<MyReferral>().WithdrawAsync(CodeOf(track), Token)));
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
        (await Find(CodeOf(track))).Value.MayWithdraw.ShouldBeFalse();
        (await app.Get<MyReferral>().WithdrawAsync(CodeOf(track), Token)).Refusal.ShouldBe(EscalationRefusals.StepNotAllowed);
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
    public async Task S62_A_flood_is_turned_away_before_the_database()
    {
        foreach (var _ in Enumerable.Range(0, TryLimit.Burst))
            (await Find(CodeOf(Guid.NewGuid()))).Refusal.ShouldBe(EscalationRefusals.CodeUnknown);
        (await Find(CodeOf(Guid.NewGuid()))).Refusal.ShouldBe(EscalationRefusals.TooManyTries);
        await app.As("okafor"); // staff goes on
    }

    private Task<Domain.Result<OfficerView>> Find(string? code) => app.Get<MyReferral>().FindAsync(code, Token);

    private string CodeOf(Guid track) => app.Get<OfficerCodes>().Of(track);
}
