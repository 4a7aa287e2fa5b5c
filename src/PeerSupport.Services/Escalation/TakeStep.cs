using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>A step of a formal track, by its clinician or its psychologist.</summary>
public sealed class TakeStep
{
    private readonly Database database;
    private readonly TrackSteps steps;
    private readonly TimeProvider clock;

    internal TakeStep(Database database, TrackSteps steps, TimeProvider clock) => (this.database, this.steps, this.clock) = (database, steps, clock);

    /// <summary>Takes the step, or says why not.</summary>
    public async Task<Result> TakeAsync(Actor actor, Guid trackId, TrackStep step, StepDetails details, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        var db = work.Context;
        if (await work.FindTrackAsync(actor, trackId, cancellationToken) is not { } seen)
            return EscalationRefusals.NotFound;
        if (details.Day < actor.DayOf(seen.Track.OpenedAt))
            return EscalationRefusals.ChooseDay;
        var next = details.NextClinicianId is { } chosen ? await db.Choosable().SingleOrDefaultAsync(c => c.Id == chosen, cancellationToken) : null;
        if (steps.Take(db, seen, step, actor.PersonId, details, next, clock.Today(actor)) is { } refusal)
            return refusal;
        await work.PassOnAsync(trackId, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }
}
