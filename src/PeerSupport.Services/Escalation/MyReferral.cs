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
public sealed class MyReferral
{
    private readonly Database database;
    private readonly OfficerCodes codes;
    private readonly TrackSteps steps;
    private readonly TimeProvider clock;
    private readonly TryLimit limit;

    internal MyReferral(Database database, OfficerCodes codes, TrackSteps steps, TimeProvider clock)
    {
        (this.database, this.codes, this.steps, this.clock) = (database, codes, steps, clock);
        limit = new TryLimit(clock);
    }

    /// <summary>Where the officer's own track stands.</summary>
    public Task<Result<OfficerView>> FindAsync(string? code, CancellationToken cancellationToken) =>
        WithTrackAsync(code, (_, seen, steward) => Task.FromResult<Result<OfficerView>>(View(seen, steward)), cancellationToken);

    /// <summary>Withdraws consent: from this commit on nobody opens what the officer had shared. Doing it again is harmless.</summary>
    public Task<Result<OfficerView>> WithdrawAsync(string? code, CancellationToken cancellationToken) =>
        WithTrackAsync(code, async (work, seen, steward) =>
        {
            if (seen.Track.ConsentWithdrawnAt is not null)
                return View(seen, steward);
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
