using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People.Administration;

/// <summary>
/// Trainings as an administrator enters them. A training decides who is alerted about an officer in need, so none is ever
/// changed: one that was entered wrongly is taken back, which stays to be seen, and is entered anew.
/// </summary>
public sealed class TrainingKeeping(Database database, TimeProvider clock)
{
    /// <summary>Enters a training; the newest end becomes the peer's.</summary>
    public async Task<Result<PersonOutcome>> EnterAsync(Actor actor, Guid personId, TrainingForm form, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        if (!work.KeepsAccounts() || await db.LockedAsync(personId, cancellationToken) is null)
            return AdministrationRefusals.NotFound;
        var today = clock.Today(actor);
        var problems = form.Problems(today);
        if (problems.Count > 0)
            return new PersonOutcome(problems, null);
        db.AddTraining(personId, form, actor.PersonId, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await db.RecountTrainingAsync(personId, today, cancellationToken);
        work.CaseChanged(); // what is offered from now on, or no more, is on open boards at once
        await work.CommitAsync(cancellationToken);
        return new PersonOutcome([], personId);
    }

    /// <summary>Takes back a training that was entered wrongly. From now on only the others count; what is held stays held.</summary>
    public async Task<Result> WithdrawAsync(Actor actor, Guid personId, Guid trainingId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        if (!work.KeepsAccounts() || await db.LockedAsync(personId, cancellationToken) is null)
            return AdministrationRefusals.NotFound;
        var now = clock.GetUtcNow();
        var withdrawn = await db.TrainingRecords.Where(training => training.Id == trainingId && training.PersonId == personId && training.WithdrawnAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(training => training.WithdrawnAt, now).SetProperty(training => training.WithdrawnBy, actor.PersonId), cancellationToken);
        if (withdrawn == 0)
            return AdministrationRefusals.TrainingGone;
        db.Log(personId, SecurityEvent.TrainingWithdrawn, now, actor.PersonId);
        await db.SaveChangesAsync(cancellationToken);
        await db.RecountTrainingAsync(personId, clock.Today(actor), cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }
}
