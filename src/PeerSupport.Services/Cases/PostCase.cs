using Microsoft.EntityFrameworkCore;
using Npgsql;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Cases;

/// <summary>What became of a post.</summary>
/// <param name="Problems">What the psychologist must mend; empty when it was posted.</param>
/// <param name="Posted">The new case; null when it was not posted.</param>
public sealed record PostOutcome(IReadOnlyList<FieldProblem> Problems, PostedReceipt? Posted);

/// <summary>Shown after commit: the case, and how many peers it stands on the board of.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Handle">Its two words.</param>
/// <param name="OnBoard">Peers it stands on the board of.</param>
/// <param name="Before">The same form was posted before: nothing was done now.</param>
public sealed record PostedReceipt(Guid CaseId, Handle Handle, int OnBoard, bool Before = false);

/// <summary>
/// Post a case: coded fields, sealed identity, recusals, the notice on the board of every available peer, the alerts of
/// the first wave and the errand of the next, all in one transaction. Nobody is alerted about a post that was not committed.
/// </summary>
public sealed class PostCase
{
    private const int MostAttempts = 8;
    private const string CaseKey = "pk_support_cases";
    private readonly Database database;
    private readonly CaseSealer sealer;
    private readonly HandBackLimit limit;
    private readonly TimeProvider clock;

    internal PostCase(Database database, CaseSealer sealer, HandBackLimit limit, TimeProvider clock) =>
        (this.database, this.sealer, this.limit, this.clock) = (database, sealer, limit, clock);

    /// <summary>Posts the form and burns the psychologist's draft, or says what to mend.</summary>
    public async Task<Result<PostOutcome>> PostAsync(Actor actor, CaseForm form, CancellationToken cancellationToken)
    {
        var problems = form.Problems();
        if (problems.Count > 0)
            return new PostOutcome(problems, null);
        var (id, handle) = (form.Id ?? Guid.NewGuid(), form.Handle ?? Handle.Random());
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await PostOnceAsync(actor, form, id, handle, cancellationToken);
            }
            catch (DbUpdateException taken) when (attempt < MostAttempts && taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                // Nothing was written. A double tap, or sent again after an answer got lost: it is posted already.
                if (await PostedBeforeAsync(actor, id, cancellationToken) is { } before)
                    return new PostOutcome([], before);
                // Another open case has these two words, or, against all odds, this id: others are drawn.
                handle = Handle.Random();
                if (((PostgresException)taken.InnerException!).ConstraintName == CaseKey)
                    id = Guid.NewGuid();
            }
        }
    }

    /// <summary>The case that this form became; null when there is none of hers. A case that is over by now is not known any more.</summary>
    private async Task<PostedReceipt?> PostedBeforeAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        var db = work.Context;
        var own = await db.SupportCases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.PsychologistId == actor.PersonId, cancellationToken);
        return own is null
            ? null
            : new PostedReceipt(id, own.Handle, await db.Deliveries.CountAsync(d => d.CaseId == id && d.Channel == Channel.Board, cancellationToken), Before: true);
    }

    private async Task<Result<PostOutcome>> PostOnceAsync(Actor actor, CaseForm form, Guid id, Handle handle, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return CaseRefusals.NotAllowed;
        var db = work.Context;
        var problems = await UnknownChoicesAsync(db, actor, form, cancellationToken);
        if (problems.Count > 0)
            return new PostOutcome(problems, null);

        var supportCase = NewCase(actor, form, id, handle);
        db.SupportCases.Add(supportCase);
        db.Recusals.AddRange(form.KeptAway.Distinct().Select(peer =>
            new Recusal { CaseId = supportCase.Id, PeerId = peer, PostedBy = actor.PersonId, Kind = RecusalKind.Picked }));
        db.SealedIdentities.Add(Seal(supportCase.Id, form.Officer));
        var board = await db.Available(actor.AgencyId, clock.Moment(actor, limit))
            .Where(peer => !form.KeptAway.Contains(peer.PersonId))
            .Select(peer => peer.PersonId)
            .ToListAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.AddNoticesAsync([.. board.Select(peer => supportCase.DeliveryTo(peer, Channel.Board, supportCase.PostedAt))], cancellationToken);
        await work.WideningAsync(supportCase.Id, cancellationToken);
        await db.WidenAsync(supportCase, supportCase.PostedAt, supportCase.PostedAt, limit, cancellationToken);
        db.Errands.Add(supportCase.NextStep());
        await db.SaveChangesAsync(cancellationToken);
        await db.CaseDrafts.Where(draft => draft.PsychologistId == actor.PersonId).ExecuteDeleteAsync(cancellationToken);
        var today = clock.Today(actor);
        var month = new DateOnly(today.Year, today.Month, 1);
        await db.Database.ExecuteSqlAsync($"select count_post({actor.RegionId}, {supportCase.SituationTypeId}, {month})", cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return new PostOutcome([], new PostedReceipt(supportCase.Id, handle, board.Count));
    }

    private SupportCase NewCase(Actor actor, CaseForm form, Guid id, Handle handle) => new()
    {
        Id = id,
        PsychologistId = actor.PersonId,
        AgencyId = actor.AgencyId,
        RegionId = actor.RegionId,
        SituationTypeId = form.SituationTypeId!.Value,
        Level = form.Level!.Value,
        Urgency = form.Urgency!.Value,
        WantedTags = [.. form.WantedTags.Distinct()],
        HandleFirst = handle.First,
        HandleSecond = handle.Second,
        PostedAt = clock.GetUtcNow(),
        Wave = Waves.Anew,
    };

    private SealedIdentity Seal(Guid caseId, OfficerIdentity officer)
    {
        using var key = sealer.NewKey(caseId);
        return new SealedIdentity
        {
            CaseId = caseId,
            KeyEpoch = key.Wrapped.Epoch,
            WrappedKey = key.Wrapped.Bytes,
            Name = key.Seal(SealedFields.Name, officer.Name),
            Reach = key.Seal(SealedFields.Reach, officer.Reach),
            When = key.Seal(SealedFields.When, officer.When),
            Specifics = key.Seal(SealedFields.Specifics, officer.Specifics),
        };
    }

    /// <summary>Codes that only the database knows: a forged or stale form gets a sentence, not an error.</summary>
    private static async Task<List<FieldProblem>> UnknownChoicesAsync(PeerSupportContext db, Actor actor, CaseForm form, CancellationToken cancellationToken)
    {
        List<FieldProblem> problems = [];
        if (!await db.SituationTypes.AnyAsync(type => type.Id == form.SituationTypeId && !type.Retired, cancellationToken))
            problems.Add(new(CaseField.Situation, "Choose the situation from the list", "Elija la situación en la lista"));
        var kept = form.KeptAway.Distinct().ToList();
        if (kept.Count > 0 && await db.PeersOfRegion(actor.RegionId).CountAsync(person => kept.Contains(person.Id), cancellationToken) != kept.Count)
            problems.Add(new(CaseField.KeptAway, "Pick peers from the list", "Elija los compañeros en la lista"));
        return problems;
    }
}
