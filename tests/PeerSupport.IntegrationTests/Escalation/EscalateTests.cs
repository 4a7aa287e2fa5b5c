using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Escalation;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>From a held case to a formal track, on a real database with the real roles.</summary>
public sealed class EscalateTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_peer_hands_on_with_consent_and_the_clinician_reads_exactly_what_was_agreed()
    {
        var caseId = await app.GivenHeldCase("peer1");
        var track = Guid.NewGuid();
        var opened = (await app.Get<Escalate>().OpenAsync(await app.As("peer1"), caseId, HandOffs.Form(department: true), track, Token)).Value.Opened;
        opened.ShouldNotBeNull();
        opened.OfficerCode.Length.ShouldBe(19);

        var file = (await app.Get<ReadTrack>().OpenAsync(await app.As("clinician"), track, ReadReason.OpenedTrack, Token)).Value;
        file.Facts.Name.ReadWith(file.Read).ShouldBe("Marisol Vann");
        file.Facts.InShort.ReadWith(file.Read).ShouldBe("Poor sleep for two months.");
        file.Facts.Department.ReadWith(file.Read).ShouldBe("Harlan Bay");
        file.View.Entries.Select(e => (e.Kind, e.By)).ShouldBe([(TrackEventKind.Opened, "a peer"), (TrackEventKind.Referred, "a peer"), (TrackEventKind.Read, "you")]);
        file.View.Fault.ShouldBeNull();

        (await app.Superuser("select count(*) from support_cases")).ShouldBe(0L);
        (await app.Superuser("select count(*) from sealed_identities")).ShouldBe(0L);
        (await app.Superuser("select held from peers where person_id = $1", TestPeople.Ids["peer1"])).ShouldBe(0);
        (await app.Superuser("select count from tallies where measure = 2 and cell = 'HandedOn'")).ShouldBe(1);
    }

    [Fact]
    public async Task The_psychologist_may_hand_on_a_case_that_a_peer_holds()
    {
        var caseId = await app.GivenHeldCase("peer1");
        (await app.Get<Escalate>().OpenAsync(await app.As("okafor"), caseId, HandOffs.Form(), Guid.NewGuid(), Token)).Value.Opened.ShouldNotBeNull();
        (await app.Superuser("select held from peers where person_id = $1", TestPeople.Ids["peer1"])).ShouldBe(0);
        (await app.Get<HeldCases>().ListAsync(await app.As("peer1"), Token)).Value.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("peer2")]
    [InlineData("lindgren")]
    [InlineData("clinician")]
    [InlineData("coordinator")]
    [InlineData("administrator")]
    [InlineData("faraway")]
    public async Task S01_Nobody_else_hands_a_case_on(string name)
    {
        var caseId = await app.GivenHeldCase("peer1");
        var actor = await app.As(name);
        (await app.Get<Escalate>().OpenAsync(actor, caseId, HandOffs.Form(), Guid.NewGuid(), Token)).Refusal.ShouldBe(EscalationRefusals.NotHeld);
        (await app.Get<Escalate>().OpenExceptionAsync(actor, caseId, Basis.Suicidal, Guid.NewGuid(), Token)).Refusal.ShouldBe(EscalationRefusals.NotHeld);
        (await app.Superuser("select count(*) from formal_tracks")).ShouldBe(0L);
        (await app.Superuser("select count(*) from support_cases")).ShouldBe(1L);
    }

    [Theory]
    [InlineData("full")]
    [InlineData("gone")]
    [InlineData("far")]
    public async Task A_clinician_who_takes_nobody_or_is_not_of_the_region_is_refused_and_the_case_stays(string clinician)
    {
        var caseId = await app.GivenHeldCase("peer1");
        var outcome = (await app.Get<Escalate>().OpenAsync(await app.As("peer1"), caseId, HandOffs.Form(clinician), Guid.NewGuid(), Token)).Value;
        outcome.Problems.Single().Field.ShouldBe(ReferralField.Clinician);
        (await app.Superuser("select count(*) from support_cases where holder_id is not null")).ShouldBe(1L);
    }

    [Fact]
    public async Task Without_the_officers_yes_nothing_is_handed_on()
    {
        var caseId = await app.GivenHeldCase("peer1");
        var outcome = (await app.Get<Escalate>().OpenAsync(await app.As("peer1"), caseId, HandOffs.Form() with { ConsentGiven = false }, Guid.NewGuid(), Token)).Value;
        outcome.Problems.Single().Field.ShouldBe(ReferralField.Consent);
        (await app.Superuser("select count(*) from formal_tracks")).ShouldBe(0L);
    }

    [Fact]
    public async Task Posting_the_last_page_again_gives_the_same_receipt_and_does_nothing_twice()
    {
        var caseId = await app.GivenHeldCase("peer1");
        var (peer, track) = (await app.As("peer1"), Guid.NewGuid());
        var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Get<Escalate>().OpenAsync(peer, caseId, HandOffs.Form(checkIn: true), track, Token)));
        receipts.Select(receipt => receipt.Value.Opened!.OfficerCode).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        (await app.Superuser("select count(*) from formal_tracks")).ShouldBe(1L);
        (await app.Superuser("select count(*) from errands where kind = 3")).ShouldBe(1L);
        (await app.Superuser("select count from tallies where measure = 2 and cell = 'HandedOn'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_page_made_for_another_case_hands_nothing_on()
    {
        var track = await app.GivenTrack();
        var other = await app.GivenHeldCase("peer1");
        (await app.Get<Escalate>().OpenAsync(await app.As("peer1"), other, HandOffs.Form(), track, Token)).Refusal.ShouldBe(EscalationRefusals.NotHeld);
        (await app.Superuser("select count(*) from support_cases where id = $1", other)).ShouldBe(1L);
    }

    [Fact]
    public async Task An_exception_carries_name_and_reach_and_nothing_of_what_was_told()
    {
        var track = await app.GivenException(Basis.Homicidal);
        var file = (await app.Get<ReadTrack>().OpenAsync(await app.As("okafor"), track, ReadReason.ArrangedCare, Token)).Value;
        file.Facts.Name.ReadWith(file.Read).ShouldBe("Daniel Reyes");
        file.Facts.Reach.ReadWith(file.Read).ShouldBe("206-555-0137");
        file.Facts.InShort.IsEmpty.ShouldBeTrue();
        file.View.Row.Basis.ShouldBe(Basis.Homicidal);

        await app.Step("okafor", track, TrackStep.Refer, new StepDetails(NextClinicianId: TestClinicians.Ids["abara"]));
        (await app.Get<ReadTrack>().OpenAsync(await app.As("okafor"), track, ReadReason.ArrangedCare, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await app.Get<ReadTrack>().OpenAsync(await app.As("clinician"), track, ReadReason.OpenedTrack, Token)).Succeeded.ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Basis.Consent)]
    [InlineData((Basis)9)]
    public async Task An_exception_is_one_of_three(Basis? basis)
    {
        var caseId = await app.GivenHeldCase("peer1");
        (await app.Get<Escalate>().OpenExceptionAsync(await app.As("peer1"), caseId, basis, Guid.NewGuid(), Token)).Refusal.ShouldBe(EscalationRefusals.ChooseBasis);
    }

    [Fact]
    public async Task Handing_on_against_handing_back_has_one_outcome()
    {
        for (var round = 0; round < 20; round++)
        {
            // Another peer each time: who hands back often has to wait.
            var name = $"peer{round + 1}";
            var caseId = await app.GivenHeldCase(name);
            var peer = await app.As(name);
            var (on, back) = (app.Get<Escalate>().OpenAsync(peer, caseId, HandOffs.Form(), Guid.NewGuid(), Token), app.Get<HandBack>().HandBackAsync(peer, caseId, Token));
            await Task.WhenAll(on, back);
            var handedOn = (await on).Succeeded;
            handedOn.ShouldNotBe((await back).Succeeded);
            (await app.Superuser("select count(*) from support_cases where id = $1", caseId)).ShouldBe(handedOn ? 0L : 1L);
            (await app.Superuser("select held from peers where person_id = $1", TestPeople.Ids[name])).ShouldBe(0);
        }
    }

    [Fact]
    public async Task After_the_hand_off_the_peer_learns_only_whether_it_was_taken()
    {
        var track = await app.GivenTrack();
        var peer = await app.As("peer1");
        (await app.Get<HandOnReceipts>().ListAsync(peer, Token)).Single().AcknowledgedAt.ShouldBeNull();
        (await app.Get<Tracks>().ReadAsync(peer, track, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await app.Get<Tracks>().ListAsync(peer, null, null, 1, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        await app.Step("clinician", track, TrackStep.Acknowledge);
        (await app.Get<HandOnReceipts>().ListAsync(peer, Token)).Single().AcknowledgedAt.ShouldNotBeNull();
        typeof(HandedOn).GetProperties().Select(p => p.Name).ShouldBe(["OpenedAt", "AcknowledgedAt", "Declined", "StewardName"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_track_passes_from_one_clinician_to_the_next_with_consent_again()
    {
        var track = await app.GivenTrack();
        await app.Step("clinician", track, TrackStep.Acknowledge);
        var to = new StepDetails(NextClinicianId: TestClinicians.Ids["boone"]);
        (await app.Get<TakeStep>().TakeAsync(await app.As("clinician"), track, TrackStep.Transfer, to, Token)).Refusal.ShouldBe(EscalationRefusals.ConsentNeeded);
        await app.Step("clinician", track, TrackStep.Transfer, to with { ConsentGiven = true });
        (await app.Get<ReadTrack>().OpenAsync(await app.As("clinician"), track, ReadReason.OpenedTrack, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await app.Get<ReadTrack>().OpenAsync(await app.As("clinician2"), track, ReadReason.OpenedTrack, Token)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Withdrawn_consent_closes_the_facts_to_everybody()
    {
        var track = await app.GivenTrack();
        await app.Step("okafor", track, TrackStep.WithdrawConsent);
        (await app.Get<ReadTrack>().OpenAsync(await app.As("clinician"), track, ReadReason.OpenedTrack, Token)).Refusal.ShouldBe(EscalationRefusals.SharingStopped);
        var view = (await app.Get<Tracks>().ReadAsync(await app.As("clinician"), track, Token)).Value;
        view.Row.State.ShouldBe(TrackState.EndedByOfficer);
        view.Fault.ShouldBeNull();
    }
}
