using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>How a link stands.</summary>
public enum LinkStanding
{
    /// <summary>It waits for its clinician.</summary>
    Open = 1,

    /// <summary>Its code was wrong too often.</summary>
    Locked = 2,

    /// <summary>Its time is over.</summary>
    Expired = 3,

    /// <summary>It was answered, or replaced by another.</summary>
    Spent = 4,
}

/// <summary>The newest link of a track, for its psychologist only: she tells the clinician the code.</summary>
/// <param name="Code">Eight digits, told by phone and never written down.</param>
/// <param name="IssuedAt">When the link was mailed.</param>
/// <param name="ExpiresAt">When it stops working.</param>
/// <param name="Standing">Whether it still works.</param>
/// <param name="OpenedAt">When the clinician saw the agreed facts, which happens once.</param>
public sealed record LinkView(string Code, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, LinkStanding Standing, DateTimeOffset? OpenedAt)
{
    /// <summary>Never the code.</summary>
    public override string ToString() => "[link]";
}

/// <summary>The psychologist's side of links for clinicians without an account.</summary>
public sealed class HandOffLinks
{
    private readonly Database database;
    private readonly ReferralDispatch dispatch;
    private readonly LinkSecrets secrets;
    private readonly TimeProvider clock;

    internal HandOffLinks(Database database, ReferralDispatch dispatch, LinkSecrets secrets, TimeProvider clock) =>
        (this.database, this.dispatch, this.secrets, this.clock) = (database, dispatch, secrets, clock);

    /// <summary>The newest link of a track, with its code to tell again. Nothing is found where the clinician needs none.</summary>
    public async Task<Result<LinkView>> FindAsync(Actor actor, Guid trackId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        if (await work.FindTrackAsync(actor, trackId, cancellationToken) is not { Party: TrackParty.Steward } seen)
            return EscalationRefusals.NotFound;
        var link = await work.Context.HandOffLinks.AsNoTracking()
            .Where(l => l.TrackId == trackId && l.ClinicianId == seen.Track.ClinicianId)
            .OrderByDescending(l => l.IssuedAt).FirstOrDefaultAsync(cancellationToken);
        return link is null
            ? EscalationRefusals.NotFound
            : new LinkView(secrets.CodeOf(link.Id), link.IssuedAt, link.ExpiresAt, StandingOf(link, seen.Track), link.OpenedAt);
    }

    /// <summary>A new link, mailed at once; every older one of the track opens nothing from now on.</summary>
    public async Task<Result> RenewAsync(Actor actor, Guid trackId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Tracks, actor, cancellationToken);
        if (await work.FindTrackAsync(actor, trackId, cancellationToken) is not { Party: TrackParty.Steward } seen)
            return EscalationRefusals.NotFound;
        if (seen.Track.State != TrackState.Referred || seen.Clinician is not { PersonId: null } clinician)
            return EscalationRefusals.StepNotAllowed;
        var db = work.Context;
        var now = clock.GetUtcNow();
        await db.HandOffLinks.Where(l => l.TrackId == trackId && l.SpentAt == null).ExecuteUpdateAsync(set => set.SetProperty(l => l.SpentAt, now), cancellationToken);
        var link = dispatch.Issue(db, seen.Track, clinician, TrackParty.Steward, actor.PersonId);
        db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.HandOffLink, ClinicianId = clinician.Id, LinkId = link.Id, TrackId = trackId, DueAt = now });
        await db.SaveChangesAsync(cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private LinkStanding StandingOf(HandOffLink link, FormalTrack track)
    {
        if (link.SpentAt is not null || track.State != TrackState.Referred || link.IssuedAt < track.ReferredAt)
            return LinkStanding.Spent;
        if (link.WrongCodes >= LinkRules.MostWrongCodes)
            return LinkStanding.Locked;
        return link.IsOpen(clock.GetUtcNow()) ? LinkStanding.Open : LinkStanding.Expired;
    }
}
