using System.Text.Json;
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
/// A half-filled form, kept sealed so that a broken connection loses nothing. One per psychologist; opening it again
/// takes a fresh sign-in, like any reveal.
/// </summary>
public sealed class Drafts
{
    private readonly Database database;
    private readonly CaseSealer sealer;
    private readonly TimeProvider clock;

    internal Drafts(Database database, CaseSealer sealer, TimeProvider clock) =>
        (this.database, this.sealer, this.clock) = (database, sealer, clock);

    /// <summary>Saves the form as it is, replacing the earlier draft. Returns when it was saved.</summary>
    public async Task<Result<DateTimeOffset>> SaveAsync(Actor actor, CaseForm form, CancellationToken cancellationToken)
    {
        if (form.TooLong().Any())
            return CaseRefusals.DraftTooLong;
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return CaseRefusals.NotAllowed;
        var now = clock.GetUtcNow();
        var draftId = Guid.NewGuid();
        using var key = sealer.NewKey(draftId);
        var content = Confidential.From(JsonSerializer.Serialize(DraftContent.Of(form)));
        await work.Context.CaseDrafts.Where(draft => draft.PsychologistId == actor.PersonId).ExecuteDeleteAsync(cancellationToken);
        work.Context.CaseDrafts.Add(new CaseDraft
        {
            PsychologistId = actor.PersonId,
            DraftId = draftId,
            KeyEpoch = key.Wrapped.Epoch,
            WrappedKey = key.Wrapped.Bytes,
            Content = key.Seal(SealedFields.Draft, content),
            SavedAt = now,
        });
        await work.Context.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return now;
    }

    /// <summary>When the draft was saved; null when there is none. Tells nothing of what is in it.</summary>
    public async Task<DateTimeOffset?> SavedAtAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        return await work.Context.CaseDrafts
            .Where(draft => draft.PsychologistId == actor.PersonId)
            .Select(draft => (DateTimeOffset?)draft.SavedAt)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Opens the draft for its psychologist, who has just signed in again.</summary>
    public async Task<Result<CaseForm>> OpenAsync(Actor actor, RevealGrant grant, CancellationToken cancellationToken)
    {
        if (!grant.SpendBy(actor.PersonId))
            return CaseRefusals.SignInAgain;
        await using var work = await database.BeginAsync(DatabaseRole.Reveal, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return CaseRefusals.NotAllowed;
        var draft = await work.Context.CaseDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.PsychologistId == actor.PersonId, cancellationToken);
        if (draft is null)
            return CaseRefusals.NoDraft;
        try
        {
            using var key = sealer.Unwrap(draft.DraftId, new WrappedKey(draft.KeyEpoch, draft.WrappedKey));
            return JsonSerializer.Deserialize<DraftContent>(key.Open(SealedFields.Draft, draft.Content).Unsealed)!.AsForm();
        }
        catch (SealBrokenException)
        {
            return CaseRefusals.NoDraft;
        }
    }

    /// <summary>Burns the draft.</summary>
    public async Task<Result> DiscardAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return CaseRefusals.NotAllowed;
        await work.Context.CaseDrafts.Where(draft => draft.PsychologistId == actor.PersonId).ExecuteDeleteAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>The form as it lies inside the seal, and nowhere else.</summary>
    private sealed record DraftContent(
        string Name, string Reach, string When, string Specifics,
        int? Type, NoticeLevel? Level, Urgency? Urgency, IReadOnlyList<PeerTag> Tags, IReadOnlyList<Guid> KeptAway)
    {
        public static DraftContent Of(CaseForm form) => new(
            form.Officer.Name.Unsealed, form.Officer.Reach.Unsealed, form.Officer.When.Unsealed, form.Officer.Specifics.Unsealed,
            form.SituationTypeId, form.Level, form.Urgency, form.WantedTags, form.KeptAway);

        public CaseForm AsForm() => new(
            new OfficerIdentity(Confidential.From(Name), Confidential.From(Reach), Confidential.From(When), Confidential.From(Specifics)),
            Type, Level, Urgency, Tags, KeptAway, null);
    }
}
