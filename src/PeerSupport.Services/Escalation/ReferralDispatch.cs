using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Escalation;

/// <summary>Tells the clinician of a track, in the transaction that hands it to them, and starts the ladder that chases an answer.</summary>
internal sealed class ReferralDispatch(TrackLog log, LinkSecrets links, EscalationSettings settings, TimeProvider clock)
{
    /// <summary>Mail (with a link where they have no account), and the first rung. Returns the link, where one was made.</summary>
    public HandOffLink? Send(PeerSupportContext db, FormalTrack track, Clinician clinician, TrackParty party, Guid? actorId)
    {
        var now = clock.GetUtcNow();
        ChaseLater(db, track.Id, now + settings.ChaseAfter);
        if (clinician.PersonId is { } person)
        {
            db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.HandOffWaiting, PersonId = person, TrackId = track.Id, DueAt = now });
            return null;
        }

        var link = Issue(db, track, clinician, party, actorId);
        db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = MessageKind.HandOffLink, ClinicianId = clinician.Id, LinkId = link.Id, TrackId = track.Id, DueAt = now });
        return link;
    }

    /// <summary>The psychologist is to choose a clinician: they are told at once, unless they did this themselves, and again if they do not.</summary>
    public void AskSteward(PeerSupportContext db, FormalTrack track, MessageKind kind, Guid? doneBy)
    {
        var now = clock.GetUtcNow();
        ChaseLater(db, track.Id, now + settings.ChooseWithin);
        Tell(db, track, track.StewardId, kind, doneBy);
    }

    /// <summary>One constant mail about the track, unless they did it themselves.</summary>
    public void Tell(PeerSupportContext db, FormalTrack track, Guid person, MessageKind kind, Guid? doneBy)
    {
        if (person != doneBy)
            db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = kind, PersonId = person, TrackId = track.Id, DueAt = clock.GetUtcNow() });
    }

    /// <summary>One constant mail to the clinician, with an account or without, unless they did it themselves.</summary>
    public void TellClinician(PeerSupportContext db, FormalTrack track, Clinician clinician, MessageKind kind, Guid? doneBy)
    {
        if (clinician.PersonId is { } person)
            Tell(db, track, person, kind, doneBy);
        else
            db.Messages.Add(new Message { Id = Guid.NewGuid(), Kind = kind, ClinicianId = clinician.Id, TrackId = track.Id, DueAt = clock.GetUtcNow() });
    }

    /// <summary>A new link for the clinician of the track, and its entry in the record.</summary>
    public HandOffLink Issue(PeerSupportContext db, FormalTrack track, Clinician clinician, TrackParty party, Guid? actorId)
    {
        var entry = log.Add(db, track, TrackEventKind.LinkIssued, party, actorId, new EntryDetails { ClinicianId = clinician.Id });
        var link = new HandOffLink
        {
            Id = links.IdOf(track.Id, entry.Number),
            TrackId = track.Id,
            ClinicianId = clinician.Id,
            StewardId = track.StewardId,
            IssuedAt = entry.At,
            ExpiresAt = entry.At + LinkRules.Lasts,
        };
        db.HandOffLinks.Add(link);
        return link;
    }

    private static void ChaseLater(PeerSupportContext db, Guid trackId, DateTimeOffset due) =>
        db.Errands.Add(new Errand { Id = Guid.NewGuid(), Kind = ErrandKind.Chase, SubjectId = trackId, Step = 1, DueAt = due });
}
