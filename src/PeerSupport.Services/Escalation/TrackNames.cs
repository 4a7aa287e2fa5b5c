using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Escalation;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Services.Escalation;

/// <summary>Who did what, as the readers of a record see it. A peer is never named: who supported whom is nobody's business.</summary>
internal sealed class TrackNames
{
    private readonly Guid reader;
    private readonly Dictionary<Guid, string> people;
    private readonly Dictionary<Guid, string> clinicians;

    private TrackNames(Guid reader, Dictionary<Guid, string> people, Dictionary<Guid, string> clinicians) =>
        (this.reader, this.people, this.clinicians) = (reader, people, clinicians);

    public static async Task<TrackNames> ReadAsync(PeerSupportContext db, Actor reader, IReadOnlyList<TrackEvent> entries, CancellationToken cancellationToken)
    {
        var actorIds = entries.Where(e => e.Party is TrackParty.Steward or TrackParty.Clinician).Select(e => e.ActorId).OfType<Guid>().Distinct().ToArray();
        var clinicianIds = entries.Select(e => e.ClinicianId).OfType<Guid>().Distinct().ToArray();
        return new TrackNames(
            reader.PersonId,
            await db.People.Where(p => actorIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, cancellationToken),
            await db.Clinicians.Where(c => clinicianIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, cancellationToken));
    }

    public TrackEntry Entry(TrackEvent entry, IReadOnlyList<TrackEvent> all) => new(
        entry.Number, entry.Kind, entry.At, By(entry), entry.ClinicianId is { } id ? clinicians.GetValueOrDefault(id) : null, entry.Day, entry.AppointmentAt,
        entry.Corrects, all.FirstOrDefault(other => other.Corrects == entry.Number && other.Kind == TrackEventKind.Corrected)?.Number, entry.Reason, entry.Rung);

    private string By(TrackEvent entry) => entry.Party switch
    {
        _ when entry.ActorId == reader => T("you", "usted"),
        TrackParty.Steward or TrackParty.Clinician when entry.ActorId is { } id && people.TryGetValue(id, out var name) => name,
        TrackParty.Opener => T("a peer", "un compañero"),
        TrackParty.LinkHolder => T("the clinician, by link", "el profesional, con el enlace"),
        TrackParty.Officer => T("the officer", "el oficial"),
        _ => "PeerSupport",
    };
}
