using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Profile;

/// <summary>
/// What a peer says about themselves: breaks, quiet hours, what they bring, how much they carry. Only for themselves; held
/// cases stay whatever they choose.
/// </summary>
public sealed class OwnProfile(Database database, TimeProvider clock)
{
    public async Task<Result<PeerProfile>> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        var db = work.Context;
        if (!work.ActorIs(Role.Peer) || await db.Peers.AsNoTracking().SingleOrDefaultAsync(p => p.PersonId == actor.PersonId, cancellationToken) is not { } peer)
            return ProfileRefusals.NotFound;
        var unit = await db.Units.Where(u => u.Id == peer.UnitId).Select(u => u.Name).SingleOrDefaultAsync(cancellationToken);
        var agency = await db.Agencies.Where(a => a.Id == actor.AgencyId).Select(a => a.Name).SingleAsync(cancellationToken);
        var trainings = await db.TrainingRecords.AsNoTracking().Where(t => t.PersonId == actor.PersonId && t.WithdrawnAt == null)
            .OrderByDescending(t => t.ValidUntil).ThenBy(t => t.Id)
            .Select(t => new OwnTraining(t.Name, t.CompletedOn, t.ValidUntil, t.Hours)).ToListAsync(cancellationToken);
        return new PeerProfile(
            peer.OnDuty, peer.PausedUntil > clock.GetUtcNow() ? peer.PausedUntil : null, peer.QuietFrom, peer.QuietUntil, peer.Tags, peer.SpokenLanguages,
            peer.CaseloadLimit, peer.CaseloadMost, peer.Held, unit, agency, peer.TrainedUntil, trainings);
    }

    /// <summary>On or off duty.</summary>
    public Task<Result> SetDutyAsync(Actor actor, bool onDuty, CancellationToken cancellationToken) =>
        ChangeAsync(actor, set => set.SetProperty(peer => peer.OnDuty, onDuty), cancellationToken);

    /// <summary>No case is offered until then. Nobody is told, and nothing says why.</summary>
    public Task<Result> TakeBreakAsync(Actor actor, BreakLength length, CancellationToken cancellationToken) =>
        Enum.IsDefined(length)
            ? ChangeAsync(actor, set => set.SetProperty(peer => peer.PausedUntil, BreakRules.End(length, clock.GetUtcNow())), cancellationToken)
            : Task.FromResult<Result>(ProfileRefusals.FromTheList);

    /// <summary>The break is over.</summary>
    public Task<Result> ComeBackAsync(Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(actor, set => set.SetProperty(peer => peer.PausedUntil, (DateTimeOffset?)null), cancellationToken);

    /// <summary>Hours in which no alert is sent, in the peer's own time zone; null for none. They may go over midnight.</summary>
    public Task<Result> SetQuietHoursAsync(Actor actor, TimeOnly? from, TimeOnly? until, CancellationToken cancellationToken)
    {
        if (from is null != until is null)
            return Task.FromResult<Result>(ProfileRefusals.BothTimes);
        return from is not null && from == until
            ? Task.FromResult<Result>(ProfileRefusals.SameTimes)
            : ChangeAsync(actor, set => set.SetProperty(peer => peer.QuietFrom, from).SetProperty(peer => peer.QuietUntil, until), cancellationToken);
    }

    /// <summary>What they bring, in their own judgement. Who speaks Spanish has the tag by which psychologists ask for it.</summary>
    public Task<Result> SetBringsAsync(Actor actor, IReadOnlyCollection<PeerTag> tags, IReadOnlyCollection<string> languages, CancellationToken cancellationToken)
    {
        if (!tags.All(OwnTags.Contains) || languages.Any(code => SpokenLanguage.All.All(known => known.Code != code)))
            return Task.FromResult<Result>(ProfileRefusals.FromTheList);
        var spoken = SpokenLanguage.Known(languages);
        var own = SpokenLanguage.WithTag(spoken, tags);
        return ChangeAsync(actor, set => set.SetProperty(peer => peer.Tags, own).SetProperty(peer => peer.SpokenLanguages, spoken), cancellationToken);
    }

    /// <summary>Tags that somebody says of themselves. Spanish comes from the languages, and another agency is a fact.</summary>
    public static IReadOnlyList<PeerTag> OwnTags { get; } = [PeerTag.Veteran, PeerTag.BeenThroughShooting, PeerTag.BeenThroughSeparation];

    /// <summary>How many cases they hold at most.</summary>
    public async Task<Result> SetLimitAsync(Actor actor, int limit, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.ActorIs(Role.Peer))
            return ProfileRefusals.NotFound;
        // The row of this peer, locked: an accept that comes at the same moment waits, or has been counted.
        var peers = await work.Context.Peers.FromSql($"select * from peers where person_id = {actor.PersonId} for update").AsNoTracking().ToListAsync(cancellationToken);
        if (peers is not [var peer])
            return ProfileRefusals.NotFound;
        if (limit < 1 || limit > peer.CaseloadMost)
            return ProfileRefusals.LimitOutside;
        if (limit < peer.Held)
            return ProfileRefusals.HoldsMore;
        await work.Context.Peers.Where(p => p.PersonId == actor.PersonId).ExecuteUpdateAsync(set => set.SetProperty(p => p.CaseloadLimit, limit), cancellationToken);
        work.CaseChanged();
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private async Task<Result> ChangeAsync(Actor actor, Action<UpdateSettersBuilder<Peer>> change, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(DatabaseRole.Accounts, actor, cancellationToken);
        if (!work.ActorIs(Role.Peer) || await work.Context.Peers.Where(peer => peer.PersonId == actor.PersonId).ExecuteUpdateAsync(change, cancellationToken) == 0)
            return ProfileRefusals.NotFound;
        work.CaseChanged(); // their own open board rereads, and the psychologist's "who gets it"
        await work.CommitAsync(cancellationToken);
        return Result.Done;
    }
}
