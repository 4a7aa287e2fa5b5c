using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.People;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Escalation;

/// <summary>
/// For an exception: name, way and time to reach, taken from the case's seal straight into the track's, shown to nobody.
/// The specifics stay behind and burn: the disclaimer opens the door to a person's safety, not to what was told before.
/// </summary>
internal static class ExceptionFacts
{
    public static async Task<Result<AgreedFacts>> ReadAsync(Database database, CaseSealer sealer, Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Reveal, actor, cancellationToken);
        if (!work.ActorIs(Role.Peer) && !work.ActorIs(Role.Psychologist))
            return EscalationRefusals.NotHeld;
        var identity = await work.Context.SealedIdentities.AsNoTracking().SingleOrDefaultAsync(s => s.CaseId == caseId, cancellationToken);
        if (identity is null)
            return EscalationRefusals.NotHeld;
        try
        {
            using var key = sealer.Unwrap(caseId, new WrappedKey(identity.KeyEpoch, identity.WrappedKey));
            var nothing = Confidential.From(null);
            return new AgreedFacts(
                key.Open(SealedFields.Name, identity.Name), key.Open(SealedFields.Reach, identity.Reach), key.Open(SealedFields.When, identity.When),
                nothing, nothing, "en", FirstTalk.ThisWeek);
        }
        catch (SealBrokenException)
        {
            return CaseRefusals.CannotOpen;
        }
    }
}
