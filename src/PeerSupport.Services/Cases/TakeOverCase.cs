using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>A case whose psychologist is gone, as the other psychologists of the agency see it until one takes it over. No identity.</summary>
/// <param name="CaseId">Random id.</param>
/// <param name="Handle">Two words.</param>
/// <param name="TypeId">The situation.</param>
/// <param name="PostedAt">Since when it is there.</param>
/// <param name="Held">A peer has it; not who.</param>
public sealed record LeftCase(Guid CaseId, Handle Handle, int TypeId, DateTimeOffset PostedAt, bool Held);

/// <summary>
/// No case is left to nobody: when its psychologist is no active psychologist of its agency any more, another one takes it over,
/// and it is hers as if she had posted it. A peer who holds it keeps it. Never while its psychologist is there.
/// </summary>
public sealed class TakeOverCase(Database database)
{
    /// <summary>What is left in the actor's agency, the oldest first.</summary>
    public async Task<Result<IReadOnlyList<LeftCase>>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return CaseRefusals.NotFound;
        var left = await work.Context.Database.SqlQuery<LeftRow>(
            $"select case_id, handle_first, handle_second, situation_type_id, posted_at, held from left_cases()").ToListAsync(cancellationToken);
        return left.ConvertAll(one => new LeftCase(one.CaseId, new Handle(one.HandleFirst, one.HandleSecond), one.SituationTypeId, one.PostedAt, one.Held));
    }

    /// <summary>Takes it over. Of two who do at once one has it; doing it again is harmless. Row-level security knows her from then on.</summary>
    public async Task<Result> TakeAsync(Actor actor, Guid caseId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Board, actor, cancellationToken);
        if (!work.ActorIs(Role.Psychologist))
            return CaseRefusals.NotFound;
        var answer = await work.Context.Database.SqlQuery<string>($"select take_over_case({caseId}) as \"Value\"").SingleAsync(cancellationToken);
        if (Refused(answer) is { } refusal)
            return refusal;
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private static Refusal? Refused(string answer) => answer switch
    {
        "done" => null,
        "not-found" => CaseRefusals.NotFound,
        "has-one" => CaseRefusals.HasPsychologist,
        _ => throw new InvalidOperationException("An answer nobody knows."),
    };

    private sealed record LeftRow(Guid CaseId, short HandleFirst, short HandleSecond, int SituationTypeId, DateTimeOffset PostedAt, bool Held);
}

/// <summary>Cases whose psychologist is gone, for the jobs login. The database's functions say the same for the boards'.</summary>
internal static class LeftBehind
{
    public static IQueryable<SupportCase> LeftCases(this PeerSupportContext db)
    {
        var there = db.ActiveAs(Role.Psychologist);
        return db.SupportCases.AsNoTracking().Where(c => !there.Any(person => person.Id == c.PsychologistId && person.AgencyId == c.AgencyId));
    }
}
