using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>What a peer reads about the cases they hold.</summary>
public sealed class HeldCases(Database database, ContactSettings settings, TimeProvider clock)
{
    /// <summary>The held cases, newest first, and the words to say first for each.</summary>
    public async Task<Result<IReadOnlyList<(HeldCase Case, Disclaimer Disclaimer)>>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Peer))
            return CaseRefusals.NotFound;
        var today = clock.Today(actor);
        var cases = await work.Context.HeldByAsync(actor, cancellationToken);
        var list = new List<(HeldCase, Disclaimer)>(cases.Count);
        foreach (var supportCase in cases)
            list.Add((supportCase.AsHeld(today, settings), await work.Context.DisclaimerOfAsync(supportCase.AgencyId, cancellationToken)));
        return list;
    }

    /// <summary>Whether the actor may still see this case's identity: asked by an open reveal every few seconds.</summary>
    public async Task<bool> MayStillSeeAsync(Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Reveal, actor, cancellationToken);
        var mayPeer = work.ActorIs(Role.Peer);
        var mayPsychologist = work.ActorIs(Role.Psychologist);
        return await work.Context.SupportCases.AnyAsync(
            c => c.Id == caseId && ((mayPeer && c.HolderId == actor.PersonId) || (mayPsychologist && c.PsychologistId == actor.PersonId)),
            cancellationToken);
    }
}

/// <summary>Queries shared by the pages of a holder.</summary>
internal static class HeldQueries
{
    public static Task<List<SupportCase>> HeldByAsync(this PeerSupportContext db, Actor actor, CancellationToken cancellationToken) =>
        db.SupportCases.AsNoTracking().Where(c => c.HolderId == actor.PersonId).OrderByDescending(c => c.AcceptedAt).ThenBy(c => c.Id).ToListAsync(cancellationToken);

    public static HeldCase AsHeld(this SupportCase supportCase, DateOnly today, ContactSettings settings) => new(
        CaseNotice.Of(supportCase),
        supportCase.AcceptedAt!.Value,
        ContactRules.Recent(supportCase.ContactDays, today, settings.WindowDays),
        supportCase.ContactDays.Length);

    /// <summary>
    /// The newest wording of an agency, in the reader's language where the agency has it: what a lawyer has not seen in
    /// Spanish is shown in English. The standard wording where the agency has none.
    /// </summary>
    public static async Task<Disclaimer> DisclaimerOfAsync(this PeerSupportContext db, Guid agencyId, CancellationToken cancellationToken)
    {
        var agency = await db.Agencies.AsNoTracking().SingleAsync(a => a.Id == agencyId, cancellationToken);
        var wording = await db.Disclaimers.AsNoTracking().Where(d => d.AgencyId == agencyId).OrderByDescending(d => d.Version).FirstOrDefaultAsync(cancellationToken);
        if (wording is null)
            return new Disclaimer(agency.Name, 0, Say.T(DisclaimerVersion.Standard, DisclaimerVersion.StandardSpanish), Say.Language, DateOnly.MinValue);
        return Say.InSpanish && wording.SpanishText is { } spanish
            ? new Disclaimer(agency.Name, wording.Version, spanish, "es", wording.InUseSince)
            : new Disclaimer(agency.Name, wording.Version, wording.Text, "en", wording.InUseSince);
    }
}
