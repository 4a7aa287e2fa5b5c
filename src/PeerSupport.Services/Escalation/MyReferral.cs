using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>What an officer sees under the code of their copy: with whom, since when, on which basis, and where it stands. Nothing they shared.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Basis">Why there is a formal track.</param>
/// <param name="Voluntariness">Null for an exception.</param>
/// <param name="OpenedOn">When it began.</param>
/// <param name="WithdrawnOn">When consent was withdrawn.</param>
/// <param name="EndedOn">When it ended.</param>
/// <param name="ClinicianName">With whom; null while nobody is chosen.</param>
/// <param name="ClinicianPhone">To call them.</param>
/// <param name="ClinicianIsOutside">Not employed by a department.</param>
/// <param name="SharedOn">When it was handed to this clinician.</param>
/// <param name="StewardName">The psychologist to call.</param>
/// <param name="StewardPhone">Her number, where one is known.</param>
/// <param name="MayWithdraw">There is a consent, and it still stands.</param>
public sealed record OfficerView(
    TrackState State, Basis Basis, Voluntariness? Voluntariness, DateOnly OpenedOn, DateOnly? WithdrawnOn, DateOnly? EndedOn,
    string? ClinicianName, string? ClinicianPhone, bool ClinicianIsOutside, DateOnly? SharedOn, string StewardName, string? StewardPhone, bool MayWithdraw);

/// <summary>
/// The officer's own way in, by the code of their copy and without an account. A code that is wrong, made up or of a
/// track that is destroyed gets one reply.
/// </summary>
/// <remarks>
/// Whoever handed on has seen the code on the copy. So it shows and changes nothing: all it can do, once, is to be replaced
/// by a code of the officer's own. That is an entry of the record, and the officer whose copy somebody else used first
/// finds that it works no more.
/// </remarks>
public sealed class MyReferral
{
    private readonly Database database;
    private readonly OfficerCodes codes;
    private readonly TrackSteps steps;
    private readonly TrackLog log;
    private readonly TimeProvider clock;
    private readonly TryLimit limit;

    internal MyReferral(Database database, OfficerCodes codes, TrackSteps steps, TrackLog log, TimeProvider clock)
    {
        (this.database, this.codes, this.steps, this.log, this.clock) = (database, codes, steps, log, clock);
        limit = new TryLimit(clock);
    }

    /// <summary>Where the officer's own track stands, by the officer's own code; the printed one is to be replaced first.</summary>
    public Task<Result<OfficerView>> FindAsync(string? code, CancellationToken cancellationToken) =>
        WithTrackAsync(code, (_, seen, steward) => Task.FromResult(Kept(seen, () => View(seen, steward))), cancellationToken);

    /// <summary>A code for the officer to write down. It opens nothing until it is kept, and is stored nowhere.</summary>
    public string OfferCode() => codes.Fresh();

    /// <summary>From now on the track answers to the officer's own code and no more to the printed one. Doing it again is harmless.</summary>
    /// <param name="code">The printed code.</param>
    /// <param name="own">The code the officer has written down.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result<OfficerView>> KeepAsync(string? code, string? own, CancellationToken cancellationToken)
    {
        var kept = await FindAsync(own, cancellationToken);
        if (kept.Succeeded || codes.LookUp(own) is not { } hash)
            return kept;
        return await WithTrackAsync(code, async (work, seen, steward) =>
        {
            if (seen.Track.OfficerCodeKeptAt is not null)
                return View(seen, steward);
            (seen.Track.OfficerCodeHash, seen.Track.OfficerCodeKeptAt) = (hash, clock.GetUtcNow());
            log.Add(work.Context, seen.Track, TrackEventKind.CodeKept, TrackParty.Officer, null, EntryDetails.None);
            await work.PassOnAsync(seen.Track.Id, cancellationToken); // the row goes to another code, out of this one's sight
            await work.Context.SaveChangesAsync(cancellationToken);
            work.CaseChanged();
            await work.CommitAsync(cancellationToken);
            return View(seen, steward);
        }, cancellationToken);
    }

    /// <summary>Withdraws consent: from this commit on nobody opens what the officer had shared. Doing it again is harmless.</summary>
    public Task<Result<OfficerView>> WithdrawAsync(string? code, CancellationToken cancellationToken) =>
        WithTrackAsync(code, async (work, seen, steward) =>
        {
            if (seen.Track.OfficerCodeKeptAt is null || seen.Track.ConsentWithdrawnAt is not null)
                return Kept(seen, () => View(seen, steward));
            if (steps.Take(work.Context, seen, TrackStep.WithdrawConsent, null, new StepDetails(), null, steward.Day(clock.GetUtcNow())) is { } refusal)
                return refusal;
            await work.Context.SaveChangesAsync(cancellationToken);
            work.CaseChanged();
            await work.CommitAsync(cancellationToken);
            return View(seen, steward);
        }, cancellationToken);

    private async Task<Result<OfficerView>> WithTrackAsync(
        string? code, Func<Work, SeenTrack, StewardCard, Task<Result<OfficerView>>> then, CancellationToken cancellationToken)
    {
        // A guess ends here: it costs no look-up, and takes nothing from those who type a code of ours.
        if (codes.LookUp(code) is not { } hash)
            return EscalationRefusals.CodeUnknown;
        if (!limit.Take())
            return EscalationRefusals.TooManyTries;
        await using var work = await database.BeginReceiptAsync(hash, cancellationToken);
        var db = work.Context;
        var found = await db.Tracks.FromSql($"select * from formal_tracks where officer_code_hash = {hash} for update").ToListAsync(cancellationToken);
        if (found.SingleOrDefault() is not { } track)
            return EscalationRefusals.CodeUnknown;
        var clinician = await db.Clinicians.AsNoTracking().SingleOrDefaultAsync(c => c.Id == track.ClinicianId, cancellationToken);
        var steward = await db.People.AsNoTracking().SingleAsync(p => p.Id == track.StewardId, cancellationToken);
        return await then(work, new SeenTrack(track, clinician, TrackParty.Officer), StewardCard.Of(steward));
    }

    private static Result<OfficerView> Kept(SeenTrack seen, Func<OfficerView> view) =>
        seen.Track.OfficerCodeKeptAt is null ? EscalationRefusals.KeepOwnCode : view();

    private static OfficerView View(SeenTrack seen, StewardCard steward)
    {
        var (track, clinician, _) = seen;
        return new OfficerView(
            track.State, track.Basis, track.Voluntariness, steward.Day(track.OpenedAt), Day(track.ConsentWithdrawnAt), Day(track.EndedAt),
            clinician?.Name, clinician?.Phone, clinician?.IsOutside == true, Day(track.ReferredAt), steward.Name, steward.Phone,
            !track.Basis.IsException() && track.State.After(TrackStep.WithdrawConsent) is not null);

        DateOnly? Day(DateTimeOffset? at) => at is { } time ? steward.Day(time) : null;
    }
}
