using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Cases;

/// <summary>
/// The only code that opens a sealed identity: for the peer who holds the case, or the psychologist who posted it,
/// once per fresh sign-in. Nothing about it is written down.
/// </summary>
public sealed class RevealIdentity
{
    private readonly Database database;
    private readonly CaseSealer sealer;

    internal RevealIdentity(Database database, CaseSealer sealer) => (this.database, this.sealer) = (database, sealer);

    /// <summary>Opens the identity once.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="grant">Proof of the fresh sign-in; spent here, whatever happens.</param>
    /// <param name="disclaimerRead">The peer said that the words to say first were read. Psychologists are not asked.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Result<RevealedIdentity>> RevealAsync(Actor actor, Guid caseId, RevealGrant grant, bool disclaimerRead, CancellationToken cancellationToken)
    {
        if (!grant.SpendBy(actor.PersonId))
            return CaseRefusals.SignInAgain;
        await using var work = await database.BeginAsync(DatabaseRole.Reveal, actor, cancellationToken);
        var db = work.Context;
        var supportCase = await db.SupportCases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == caseId, cancellationToken);
        var asHolder = supportCase?.HolderId == actor.PersonId && work.ActorIs(Role.Peer);
        var asPsychologist = supportCase?.PsychologistId == actor.PersonId && work.ActorIs(Role.Psychologist);
        if (supportCase is null || !(asHolder || asPsychologist))
            return CaseRefusals.NotFound;
        if (asHolder && !disclaimerRead)
            return CaseRefusals.ReadDisclaimer;
        var sealedIdentity = await db.SealedIdentities.AsNoTracking().SingleOrDefaultAsync(s => s.CaseId == caseId, cancellationToken);
        if (sealedIdentity is null)
            return CaseRefusals.NotFound;
        try
        {
            using var key = sealer.Unwrap(caseId, new WrappedKey(sealedIdentity.KeyEpoch, sealedIdentity.WrappedKey));
            var officer = new OfficerIdentity(
                key.Open(SealedFields.Name, sealedIdentity.Name),
                key.Open(SealedFields.Reach, sealedIdentity.Reach),
                key.Open(SealedFields.When, sealedIdentity.When),
                key.Open(SealedFields.Specifics, sealedIdentity.Specifics));
            return new RevealedIdentity(caseId, supportCase.Handle, await db.DisclaimerOfAsync(supportCase.AgencyId, cancellationToken), officer, grant);
        }
        catch (SealBrokenException)
        {
            return CaseRefusals.CannotOpen;
        }
    }
}

/// <summary>Names that bind a ciphertext to its field.</summary>
internal static class SealedFields
{
    public const string Name = "name";
    public const string Reach = "reach";
    public const string When = "when";
    public const string Specifics = "specifics";
    public const string Draft = "draft";
}
