using System.Security.Claims;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.Profile;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>Many boards read in one call are, each, exactly what the peer alone would read.</summary>
public sealed class CrowdBoardsTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Sixty_boards_asked_for_at_once_equal_the_same_boards_read_one_by_one()
    {
        var random = new Random(20261109);
        var ids = new List<Guid>();
        for (var n = 0; n < 25; n++)
        {
            var kept = Enumerable.Range(1, 60).Where(_ => random.Next(8) == 0).Select(peer => $"peer{peer}").ToArray();
            ids.Add(await app.GivenOpenCase(n % 2 == 0 ? "okafor" : "lindgren", TestApp.Form($"Officer {n}", keptAway: kept) with { Level = n % 3 == 0 ? NoticeLevel.Category : NoticeLevel.Type }));
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var (people, circuits) = (new List<Actor>(), new List<ClaimsPrincipal>());
        foreach (var name in Enumerable.Range(1, 60).Select(n => $"peer{n}").Append("faraway"))
        {
            circuits.Add(await app.SignIn(name));
            people.Add((await app.Resolve(circuits[^1])).ShouldNotBeNull());
        }

        await Task.WhenAll(people.Select(peer => ActAsync(peer, ids, new Random(people.IndexOf(peer)))));
        await app.Superuser("update peers set trained_until = '2026-11-08' where person_id = $1", people[3].PersonId);
        await app.Superuser("update role_grants set role = 4 where person_id = $1", people[4].PersonId);

        var crowd = app.Get<CrowdBoards>();
        var together = await Task.WhenAll(people.Select(peer => crowd.ReadAsync(peer, Token)));
        var followed = await Task.WhenAll(circuits.Select(circuit => crowd.FollowAsync(circuit, Token)));
        var alone = new List<PeerBoard?>();
        foreach (var (peer, n) in people.Select((peer, n) => (peer, n)))
        {
            var board = await app.Get<PeerBoards>().ReadAsync(peer, 1, Token);
            board.Refusal.ShouldBe(together[n].Refusal, $"peer{n + 1}");
            followed[n].Reader.ShouldNotBeNull().PersonId.ShouldBe(peer.PersonId);
            board.Refusal.ShouldBe(followed[n].Board.Refusal, $"peer{n + 1}, followed");
            alone.Add(board.Succeeded ? board.Value : null);
            if (!board.Succeeded)
                continue;
            Words(together[n].Value).ShouldBe(Words(board.Value), $"peer{n + 1}");
            Words(followed[n].Board.Value).ShouldBe(Words(board.Value), $"peer{n + 1}, followed");
        }

        alone[4].ShouldBeNull("no peer any more");
        alone[^1]!.Open.ShouldBeEmpty("another region");
        alone.OfType<PeerBoard>().Select(Words).Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThan(30, "boards differ, or the test proves nothing");
        alone.OfType<PeerBoard>().Sum(board => board.Held.Count).ShouldBeGreaterThan(0);
        alone.OfType<PeerBoard>().Sum(board => board.Covered.Count).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task An_open_board_shows_nothing_any_more_once_its_session_is_over_or_was_another_persons()
    {
        await app.GivenOpenCase();
        var crowd = app.Get<CrowdBoards>();
        var circuit = await app.SignIn("peer1");
        (await crowd.FollowAsync(circuit, Token)).Board.Value.Open.ShouldHaveSingleItem();

        var borrowed = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ActorClaims.PersonId, TestPeople.Ids["peer2"].ToString()), circuit.FindFirst(ActorClaims.SessionId)!], "test"));
        await IsNobodyAsync(crowd, borrowed);
        await IsNobodyAsync(crowd, new ClaimsPrincipal(new ClaimsIdentity()));
        await app.Owner("delete from sessions where person_id = $1", TestPeople.Ids["peer1"]);
        await IsNobodyAsync(crowd, circuit);
    }

    private static async Task IsNobodyAsync(CrowdBoards crowd, ClaimsPrincipal circuit)
    {
        var (reader, board) = await crowd.FollowAsync(circuit, Token);
        reader.ShouldBeNull();
        board.Refusal.ShouldBe(CaseRefusals.NotFound);
    }

    /// <summary>Somebody accepts, says no, or goes off duty.</summary>
    private async Task ActAsync(Actor peer, List<Guid> ids, Random random)
    {
        for (var n = 0; n < 3; n++)
        {
            var id = ids[random.Next(ids.Count)];
            switch (random.Next(4))
            {
                case 0:
                    await app.Get<AcceptCase>().AcceptAsync(peer, id, Token);
                    break;
                case 1:
                    await app.Get<PeerBoards>().DeclineAsync(peer, id, Token);
                    break;
                case 2:
                    await app.Get<OwnProfile>().SetDutyAsync(peer, random.Next(5) != 0, Token);
                    break;
                default:
                    await app.Get<PeerBoards>().ReadNoticeAsync(peer, id, Token);
                    break;
            }
        }
    }

    private static string Words(PeerBoard board) => string.Join('\n',
    [
        board.Duty.ToString(),
        .. board.Held.Select(held => $"{Words(held.Notice)} {held.AcceptedAt:O} {held.RecentContacts} {held.TotalContacts}"),
        .. board.Open.Select(Words),
        .. board.Covered.Select(covered => $"{covered.Handle} {covered.CoveredAt:O}").Order(StringComparer.Ordinal),
        $"{board.OpenCount}",
    ]);

    private static string Words(CaseNotice notice) => $"{notice.CaseId} {notice.Handle} {notice.CategoryId} {notice.TypeId} {notice.Urgency} {string.Join(',', notice.WantedTags)} {notice.SentAt:O}";
}
