using Microsoft.EntityFrameworkCore;
using Npgsql;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Domain.Reporting;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Reporting;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Escalation;

/// <summary>
/// The hand-off: in one transaction a formal track is opened and the support case burns. Nothing passes from one to the
/// other but the agreed facts (for an exception: name, way and time to reach), sealed anew under the track's own key.
/// </summary>
public sealed class Escalate
{
    private readonly Database database;
    private readonly CaseSealer sealer;
    private readonly TrackLog log;
    private readonly ReferralDispatch dispatch;
    private readonly HandOnReceipts receipts;
    private readonly OfficerCodes codes;
    private readonly EscalationSettings settings;
    private readonly TimeProvider clock;

    internal Escalate(
        Database database, CaseSealer sealer, TrackLog log, ReferralDispatch dispatch, HandOnReceipts receipts, OfficerCodes codes, EscalationSettings settings, TimeProvider clock)
    {
        (this.database, this.sealer, this.log, this.dispatch) = (database, sealer, log, dispatch);
        (this.receipts, this.codes, this.settings, this.clock) = (receipts, codes, settings, clock);
    }

    /// <summary>With the officer's consent, to the clinician they chose.</summary>
    /// <param name="actor">The peer who holds the case, or the psychologist who posted it.</param>
    /// <param name="caseId">The case; it is burned.</param>
    /// <param name="form">What the officer agreed to.</param>
    /// <param name="trackId">Random, made when the review page was shown: posting that page again does nothing twice.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result<HandOnOutcome>> OpenAsync(Actor actor, Guid caseId, ReferralForm form, Guid trackId, CancellationToken cancellationToken)
    {
        var problems = form.Problems();
        if (problems.Count > 0)
            return new HandOnOutcome(problems, null);
        return await OnceAsync(actor, trackId, async (work, db) =>
        {
            if (await BurnAsync(work, actor, caseId, cancellationToken) is not { } supportCase)
                return EscalationRefusals.NotHeld;
            var clinician = await db.Choosable().SingleOrDefaultAsync(c => c.Id == form.ClinicianId && c.RegionId == actor.RegionId, cancellationToken);
            if (clinician is null)
                return new HandOnOutcome([new(ReferralField.Clinician, EscalationRefusals.ChooseClinician.Sentence)], null);
            var track = NewTrack(actor, supportCase, trackId, Basis.Consent, form.Voluntariness);
            (track.State, track.ClinicianId, track.ReferredAt) = (TrackState.Referred, clinician.Id, track.OpenedAt);
            var department = form.ShareDepartment ? (await db.Agencies.AsNoTracking().SingleAsync(a => a.Id == supportCase.AgencyId, cancellationToken)).Name : "";
            Begin(db, actor, track, form.Facts with { Department = Confidential.From(department) });
            log.Add(db, track, TrackEventKind.Referred, PartyOf(actor, track), actor.PersonId, new EntryDetails { ClinicianId = clinician.Id });
            dispatch.Send(db, track, clinician, PartyOf(actor, track), actor.PersonId);
            dispatch.Tell(db, track, track.StewardId, MessageKind.TrackOpened, actor.PersonId);
            if (form.CheckIn && supportCase.HolderId == actor.PersonId)
                db.Errands.Add(CheckIns.For(actor, clock, settings));
            await db.SaveChangesAsync(cancellationToken);
            return (HandOnOutcome?)null;
        }, cancellationToken);
    }

    /// <summary>
    /// By one of the three exceptions of the disclaimer: no clinician yet, and no form in the way. The psychologist of the
    /// case chooses one, and the psychologist on call is alerted in the same transaction, whether or not the button was tapped.
    /// </summary>
    /// <param name="actor">The peer who holds the case, or the psychologist who posted it.</param>
    /// <param name="caseId">The case; it is burned.</param>
    /// <param name="basis">What the officer said.</param>
    /// <param name="trackId">Random, made when the page was shown.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result<HandOnOutcome>> OpenExceptionAsync(Actor actor, Guid caseId, Basis? basis, Guid trackId, CancellationToken cancellationToken)
    {
        if (basis?.IsException() != true)
            return EscalationRefusals.ChooseBasis;
        var facts = await ExceptionFacts.ReadAsync(database, sealer, actor, caseId, cancellationToken);
        return await OnceAsync(actor, trackId, async (work, db) =>
        {
            if (await BurnAsync(work, actor, caseId, cancellationToken) is not { } supportCase)
                return EscalationRefusals.NotHeld;
            if (!facts.Succeeded)
                return facts.Refusal!;
            var track = NewTrack(actor, supportCase, trackId, basis.Value, null);
            Begin(db, actor, track, facts.Value);
            dispatch.AskSteward(db, track, MessageKind.TrackOpened, actor.PersonId);
            await db.RaiseAsync(actor, track.AgencyId, track.RegionId, settings, clock.GetUtcNow(), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return (HandOnOutcome?)null;
        }, cancellationToken);
    }

    /// <summary>Runs the hand-off in one transaction, and answers a repeated post with what the first one did.</summary>
    private async Task<Result<HandOnOutcome>> OnceAsync(
        Actor actor, Guid trackId, Func<Work, PeerSupportContext, Task<Result<HandOnOutcome?>>> handOn, CancellationToken cancellationToken)
    {
        try
        {
            await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
            var done = await handOn(work, work.Context);
            if (done.Refusal is { } refusal)
                return refusal == EscalationRefusals.NotHeld && await receipts.FindAsync(actor, trackId, cancellationToken) is { } earlier ? new HandOnOutcome([], earlier) : refusal;
            if (done.Value is { } problems)
                return problems;
            await work.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException twice) when (twice.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return EscalationRefusals.NotHeld; // the page of another hand-off; nothing was written
        }

        return await receipts.FindAsync(actor, trackId, cancellationToken) is { } opened ? new HandOnOutcome([], opened) : EscalationRefusals.NotHeld;
    }

    /// <summary>Burns the case of the peer who holds it or the psychologist who posted it, and returns it as it was. Null: not theirs (any more).</summary>
    private async Task<SupportCase?> BurnAsync(Work work, Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        var db = work.Context;
        var found = await db.SupportCases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == caseId, cancellationToken);
        var holds = found?.HolderId == actor.PersonId && work.ActorIs(Role.Peer);
        var posted = found?.PsychologistId == actor.PersonId && work.ActorIs(Role.Psychologist);
        if (found is null || !(holds || posted) || !await db.BurnAsync(found, cancellationToken))
            return null;
        await db.CountAsync(ClosedCase.Of(found, CaseOutcome.HandedOn), clock.Today(actor), cancellationToken);
        if (found.HolderId is { } holder)
            await db.GiveBackSeatAsync(holder, cancellationToken);
        work.CaseChanged();
        return found;
    }

    private FormalTrack NewTrack(Actor actor, SupportCase supportCase, Guid trackId, Basis basis, Voluntariness? voluntariness)
    {
        var handle = Handle.Random();
        return new FormalTrack
        {
            Id = trackId,
            AgencyId = supportCase.AgencyId,
            RegionId = supportCase.RegionId,
            OpenedBy = actor.PersonId,
            StewardId = supportCase.PsychologistId,
            Basis = basis,
            Voluntariness = voluntariness,
            State = TrackState.Opened,
            HandleFirst = handle.First,
            HandleSecond = handle.Second,
            OpenedAt = clock.GetUtcNow(),
            OfficerCodeHash = codes.LookUp(codes.Of(trackId))!,
        };
    }

    private void Begin(PeerSupportContext db, Actor actor, FormalTrack track, AgreedFacts facts)
    {
        db.Tracks.Add(track);
        db.TrackFacts.Add(FactsSeal.Seal(sealer, track.Id, facts));
        log.Add(db, track, TrackEventKind.Opened, PartyOf(actor, track), actor.PersonId,
            new EntryDetails { Basis = track.Basis, Voluntariness = track.Voluntariness, StewardId = track.StewardId });
    }

    private static TrackParty PartyOf(Actor actor, FormalTrack track) => actor.PersonId == track.StewardId ? TrackParty.Steward : TrackParty.Opener;
}
