using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>A case as the one sees it who may hand it on: the peer who holds it, or its psychologist. No identity.</summary>
/// <param name="CaseId">Random id.</param>
/// <param name="Handle">Two random words.</param>
/// <param name="Holder">The reader is the peer who holds it.</param>
/// <param name="Disclaimer">The agency and its wording.</param>
/// <param name="PsychologistName">Who posted it, and is responsible until a clinician has it.</param>
/// <param name="PsychologistPhone">To call her; null where no number is known.</param>
public sealed record HandOnCase(Guid CaseId, Handle Handle, bool Holder, Disclaimer Disclaimer, string PsychologistName, string? PsychologistPhone);

/// <summary>The clinician just handed to, for whoever calls them now. And the psychologist, for the officer's copy.</summary>
/// <param name="ClinicianName">Empty after an exception: nobody is chosen yet.</param>
/// <param name="ClinicianPhone">To call them.</param>
/// <param name="ClinicianHasAccount">They sign in themselves; else they need the code.</param>
/// <param name="PsychologistName">Who is responsible until a clinician has it.</param>
/// <param name="PsychologistPhone">To call her; null where no number is known.</param>
public sealed record HandOnContacts(string ClinicianName, string ClinicianPhone, bool ClinicianHasAccount, string PsychologistName, string? PsychologistPhone);

/// <summary>What the pages of a hand-off read before and after it.</summary>
public sealed class HandOnCases
{
    private readonly Database database;

    internal HandOnCases(Database database) => this.database = database;

    /// <summary>The case, for the one who may hand it on. For anybody else it does not exist.</summary>
    public async Task<Result<HandOnCase>> FindAsync(Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        var db = work.Context;
        var found = await db.SupportCases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == caseId, cancellationToken);
        var holds = found?.HolderId == actor.PersonId && work.ActorIs(Role.Peer);
        var posted = found?.PsychologistId == actor.PersonId && work.ActorIs(Role.Psychologist);
        if (found is null || !(holds || posted))
            return EscalationRefusals.NotHeld;
        var psychologist = await db.People.AsNoTracking().SingleAsync(person => person.Id == found.PsychologistId, cancellationToken);
        return new HandOnCase(found.Id, found.Handle, holds, await db.DisclaimerOfAsync(found.AgencyId, cancellationToken), psychologist.DisplayName, psychologist.Phone);
    }

    /// <summary>Whom to call now, for whoever has just opened this track; null when they did not.</summary>
    public async Task<HandOnContacts?> AfterAsync(Actor actor, Guid trackId, Guid? clinicianId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        var db = work.Context;
        var psychologist = await (
            from track in db.Tracks
            where track.Id == trackId && track.OpenedBy == actor.PersonId
            join person in db.People on track.StewardId equals person.Id
            select new { person.DisplayName, person.Phone }).SingleOrDefaultAsync(cancellationToken);
        if (psychologist is null)
            return null;
        var clinician = clinicianId is null ? null : await db.Clinicians.AsNoTracking()
            .Where(c => c.Id == clinicianId && c.RegionId == actor.RegionId)
            .Select(c => new { c.Name, c.Phone, HasAccount = c.PersonId != null })
            .SingleOrDefaultAsync(cancellationToken);
        return new HandOnContacts(clinician?.Name ?? "", clinician?.Phone ?? "", clinician?.HasAccount == true, psychologist.DisplayName, psychologist.Phone);
    }
}
