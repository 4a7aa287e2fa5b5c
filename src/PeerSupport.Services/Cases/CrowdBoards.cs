using System.Security.Claims;
using Npgsql;
using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>
/// The first page of many peers' boards at once, for the live boards of a node: what <see cref="PeerBoards"/> reads for
/// one, in one call for all who ask at the same moment. The function says itself what each peer may see; a test holds it
/// to what row-level security shows each of them alone.
/// </summary>
public sealed class CrowdBoards
{
    private const string Standing =
        """
        select p.person_id, p.on_duty, p.held, p.caseload_limit, p.trained_until, person.time_zone,
               case when p.paused_until > @now then p.paused_until end
        from peers p
        join people person on person.id = p.person_id and person.active
        join role_grants g on g.person_id = p.person_id and g.role = @peer
        where p.person_id = any(@asking)
        """;

    private const string Boards = "select * from boards_of(@asking, @most, @since)";

    private readonly Database database;
    private readonly ContactSettings settings;
    private readonly TimeProvider clock;
    private readonly ActorResolver actors;
    private readonly Gathering<Guid, BoardInHand> opened;
    private readonly Gathering<Guid, Sight> followed;

    public CrowdBoards(Database database, ActorResolver actors, ContactSettings settings, TimeProvider clock)
    {
        (this.database, this.actors, this.settings, this.clock) = (database, actors, settings, clock);
        (opened, followed) = (new(ReadAllAsync), new(FollowAllAsync));
    }

    /// <summary>What this peer may see now, on the first page of their board. Nothing for who has not shown what the role asks for.</summary>
    public async Task<Result<PeerBoard>> ReadAsync(Actor actor, CancellationToken cancellationToken) =>
        BoardOf(actor, actor.Is(Role.Peer) ? await opened.AskAsync(actor.PersonId, cancellationToken) : null);

    /// <summary>
    /// A board that stays open: who its reader is now, and what they may see now, in one go. Does not count as the reader's
    /// activity. No actor where the session is over.
    /// </summary>
    public async Task<(Actor? Reader, Result<PeerBoard> Board)> FollowAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        ActorResolver.SessionOf(principal) is (var person, var session)
        && await followed.AskAsync(session, cancellationToken) is { } seen && seen.Reader.PersonId == person
            ? (seen.Reader, BoardOf(seen.Reader, seen.Board))
            : (null, CaseRefusals.NotFound);

    private Result<PeerBoard> BoardOf(Actor actor, BoardInHand? board) =>
        board is null ? CaseRefusals.NotFound : board.For(clock.Today(actor), settings);

    private async Task<IReadOnlyDictionary<Guid, Sight>> FollowAllAsync(IReadOnlyCollection<Guid> sessions)
    {
        var readers = await actors.ResolveTogetherAsync(sessions);
        var boards = await ReadAllAsync([.. readers.Values.Where(reader => reader.Is(Role.Peer)).Select(reader => reader.PersonId).Distinct()]);
        return readers.ToDictionary(reader => reader.Key, reader => new Sight(reader.Value, reader.Value.Is(Role.Peer) ? boards.GetValueOrDefault(reader.Value.PersonId) : null));
    }

    private async Task<IReadOnlyDictionary<Guid, BoardInHand>> ReadAllAsync(IReadOnlyCollection<Guid> asking)
    {
        var now = clock.GetUtcNow();
        await using var work = await database.BeginCrowdAsync(CancellationToken.None);
        await using var batch = work.Batch(
            new NpgsqlBatchCommand(Standing) { Parameters = { new("now", now), new("peer", (int)Role.Peer), new("asking", asking.ToArray()) } },
            new NpgsqlBatchCommand(Boards) { Parameters = { new("asking", asking.ToArray()), new("most", PeerBoards.PageSize), new("since", now - PeerBoards.ShowCoveredFor) } });
        await using var reader = await batch.ExecuteReaderAsync();
        var boards = new Dictionary<Guid, BoardInHand>(asking.Count);
        while (await reader.ReadAsync())
            boards.Add(reader.GetGuid(0), new BoardInHand(new PeerDuty(reader.GetBoolean(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetFieldValue<DateOnly>(4), reader.GetFieldValue<DateOnly>(4) >= QuietHours.DayIn(reader.GetString(5), now),
                reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6))));
        await reader.NextResultAsync();
        var lists = new Dictionary<int, SharedList>();
        while (await reader.ReadAsync())
        {
            var list = lists.TryGetValue(reader.GetInt32(1), out var known) ? known : lists[reader.GetInt32(1)] = new SharedList();
            if (reader.GetInt32(0) == 1)
                list.Add(reader);
            else if (boards.TryGetValue(reader.GetGuid(2), out var board))
                board.Add(reader, list);
        }

        return boards;
    }

    private sealed record Sight(Actor Reader, BoardInHand? Board);
}

/// <summary>The open notices of all readers who are shown the same: most of an agency.</summary>
internal sealed class SharedList
{
    private readonly List<CaseNotice> notices = [];

    /// <summary>Newest first, at most one page.</summary>
    public IReadOnlyList<CaseNotice> Notices => notices;

    /// <summary>How many there are on all pages.</summary>
    public int OfAll { get; private set; }

    public void Add(NpgsqlDataReader row)
    {
        notices.Add(BoardInHand.Notice(row));
        OfAll = (int)row.GetInt64(13);
    }
}

/// <summary>One peer's board while its rows are read.</summary>
internal sealed class BoardInHand(PeerDuty duty)
{
    private readonly List<(CaseNotice Notice, DateTimeOffset AcceptedAt, DateOnly[] ContactDays)> held = [];
    private readonly List<CoveredNotice> covered = [];
    private SharedList? open;

    /// <summary>Takes one row of the function boards_of that names this peer.</summary>
    public void Add(NpgsqlDataReader row, SharedList list)
    {
        switch (row.GetInt32(0))
        {
            case 0:
                open = list;
                break;
            case 2:
                held.Add((Notice(row), row.GetFieldValue<DateTimeOffset>(11), row.GetFieldValue<DateOnly[]>(12)));
                break;
            default:
                covered.Add(new CoveredNotice(new Handle(row.GetInt16(8), row.GetInt16(9)), row.GetFieldValue<DateTimeOffset>(11)));
                break;
        }
    }

    /// <summary>The board. Off duty, on a break or untrained: no notices.</summary>
    public PeerBoard For(DateOnly today, ContactSettings settings)
    {
        var mine = held.ConvertAll(c => new HeldCase(c.Notice, c.AcceptedAt, ContactRules.Recent(c.ContactDays, today, settings.WindowDays), c.ContactDays.Length));
        return duty.IsOffered && open is not null
            ? new PeerBoard(duty, mine, open.Notices, covered, open.OfAll)
            : new PeerBoard(duty, mine, [], [], 0);
    }

    internal static CaseNotice Notice(NpgsqlDataReader row) => CaseNotice.Of(
        row.GetGuid(3), new Handle(row.GetInt16(8), row.GetInt16(9)), row.GetInt32(4), (NoticeLevel)row.GetInt32(5), (Urgency)row.GetInt32(6),
        [.. row.GetFieldValue<int[]>(7).Select(tag => (PeerTag)tag)], row.GetFieldValue<DateTimeOffset>(10));
}
