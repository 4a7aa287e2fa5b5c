using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.People.Administration;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>Of everybody who tries, exactly one peer gets a case.</summary>
public sealed class AcceptTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task S09_Forty_parallel_accepts_have_one_winner_in_each_of_fifty_rounds()
    {
        var peers = new List<Actor>();
        foreach (var i in Enumerable.Range(1, 40))
            peers.Add(await app.As($"peer{i}"));
        for (var round = 1; round <= 50; round++)
        {
            var id = await app.GivenOpenCase();
            var answers = await Task.WhenAll(peers.Select(peer => Task.Run(() => app.Get<AcceptCase>().AcceptAsync(peer, id, Token))));

            answers.Count(answer => answer.Succeeded).ShouldBe(1, $"round {round}");
            answers.Where(answer => !answer.Succeeded).ShouldAllBe(answer => answer.Refusal == CaseRefusals.AlreadyTaken);
            var winner = peers[Array.FindIndex(answers, answer => answer.Succeeded)];
            app.Clock.Advance(HandBackLimit.ALook);
            (await app.Get<CloseCase>().CloseAsync(winner, id, CaseOutcome.Supported, Token)).Succeeded.ShouldBeTrue();
        }

        (await app.Superuser("select sum(held) from peers")).ShouldBe(0L);
    }

    [Fact]
    public async Task S10_Accept_against_withdraw_has_one_outcome()
    {
        var peer = await app.As("peer1");
        var psychologist = await app.As("okafor");
        for (var round = 1; round <= 30; round++)
        {
            var id = await app.GivenOpenCase();
            var accept = Task.Run(() => app.Get<AcceptCase>().AcceptAsync(peer, id, Token));
            var withdraw = Task.Run(() => app.Get<WithdrawCase>().WithdrawAsync(psychologist, id, Token));
            var accepted = (await accept).Succeeded;
            var withdrawn = (await withdraw).Succeeded;

            (accepted ^ withdrawn).ShouldBeTrue($"round {round}: accepted {accepted}, withdrawn {withdrawn}");
            (await app.Superuser("select count(*) from support_cases where id = $1", id)).ShouldBe(accepted ? 1L : 0L);
            app.Clock.Advance(HandBackLimit.ALook);
            if (accepted)
                (await app.Get<CloseCase>().CloseAsync(peer, id, CaseOutcome.Supported, Token)).Succeeded.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task S11_Accept_against_role_removal_fails_closed()
    {
        var administrator = await app.As("administrator");
        for (var round = 1; round <= 20; round++)
        {
            var id = await app.GivenOpenCase();
            var peer = await app.As($"peer{round}");
            var accept = Task.Run(() => app.Get<AcceptCase>().AcceptAsync(peer, id, Token));
            var removal = Task.Run(() => app.Get<RoleRequests>().RemoveAsync(administrator, peer.PersonId, Role.Peer, Token));
            (await removal).Refusal.ShouldBeNull();
            var accepted = (await accept).Succeeded;

            // Whoever came first, a person without the role sees nothing any more, and what they hold is sent back.
            (await app.Get<RevealIdentity>().RevealAsync(peer, id, TestApp.FreshlySignedIn(peer), true, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
            (await app.Get<HeldCases>().MayStillSeeAsync(peer, id, Token)).ShouldBeFalse();
            (await app.Get<AcceptCase>().AcceptAsync(peer, await app.GivenOpenCase(), Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
            (await app.Superuser("select count(*) from support_cases where id = $1 and holder_id is not null", id)).ShouldBe(accepted ? 1L : 0L);
            (await app.Superuser("select count(*) from errands where kind = 8 and subject_id = $1", peer.PersonId)).ShouldBe(1L);
        }
    }

    [Fact]
    public async Task S11_An_accept_that_waited_for_a_role_removal_gets_nothing()
    {
        var (administrator, peer, id) = (await app.As("administrator"), await app.As("peer1"), await app.GivenOpenCase());
        await using var source = app.SuperuserSource();
        await using var third = await source.OpenConnectionAsync(Token);
        await using var hold = await third.BeginTransactionAsync(Token);
        await using (var grant = new Npgsql.NpgsqlCommand("select from role_grants where person_id = $1 for update", third))
        {
            grant.Parameters.AddWithValue(peer.PersonId);
            await grant.ExecuteScalarAsync(Token);
        }

        // The removal has the peer's row and waits for the grant; the accept still sees the grant, and waits for the row.
        var removal = Task.Run(() => app.Get<RoleRequests>().RemoveAsync(administrator, peer.PersonId, Role.Peer, Token));
        await WaitingFor(source, "delete from role_grants");
        var accept = Task.Run(() => app.Get<AcceptCase>().AcceptAsync(peer, id, Token));
        await WaitingFor(source, "update peers");
        await hold.CommitAsync(Token);

        (await removal).Refusal.ShouldBeNull();
        (await accept).Succeeded.ShouldBeFalse();
        (await app.Superuser("select count(*) from support_cases where holder_id is not null")).ShouldBe(0L);
        (await app.Superuser("select held from peers where person_id = $1", peer.PersonId)).ShouldBe(0);
    }

    /// <summary>Until a statement that begins like this waits for a lock.</summary>
    private static async Task WaitingFor(Npgsql.NpgsqlDataSource source, string statement)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        await using var look = source.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike $1");
        look.Parameters.AddWithValue(statement + "%");
        while ((long)(await look.ExecuteScalarAsync(patience.Token))! == 0)
            patience.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task S12_A_double_tap_is_harmless()
    {
        var id = await app.GivenOpenCase();
        var peer = await app.As("peer1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => app.Get<AcceptCase>().AcceptAsync(peer, id, Token))));

        answers.ShouldAllBe(answer => answer.Succeeded);
        (await app.Superuser("select held from peers where person_id = $1", peer.PersonId)).ShouldBe(1);
    }

    [Fact]
    public async Task A_caseload_is_never_overrun_by_accepting_many_cases_at_once()
    {
        var peer = await app.As("peer1");
        var cases = new List<Guid>();
        for (var i = 0; i < 10; i++)
            cases.Add(await app.GivenOpenCase());
        var answers = await Task.WhenAll(cases.Select(id => Task.Run(() => app.Get<AcceptCase>().AcceptAsync(peer, id, Token))));

        answers.Count(answer => answer.Succeeded).ShouldBe(2);
        answers.Where(answer => !answer.Succeeded).ShouldAllBe(answer => answer.Refusal == CaseRefusals.CaseloadFull);
        (await app.Superuser("select count(*) from support_cases where holder_id = $1", peer.PersonId)).ShouldBe(2L);
    }

    [Fact]
    public async Task S06_A_recused_peer_never_sees_is_never_mailed_and_cannot_accept()
    {
        var id = await app.GivenOpenCase(form: TestApp.Form(keptAway: "peer7"));
        var recused = await app.As("peer7");

        (await app.Get<PeerBoards>().ReadAsync(recused, 1, Token)).Value.Open.ShouldBeEmpty();
        (await app.Get<PeerBoards>().ReadNoticeAsync(recused, id, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
        (await app.Get<AcceptCase>().AcceptAsync(recused, id, Token)).Refusal.ShouldBe(CaseRefusals.NotFound);
        (await app.Superuser("select count(*) from deliveries where peer_id = $1", recused.PersonId)).ShouldBe(0L);
        (await app.Get<PeerBoards>().ReadAsync(await app.As("peer8"), 1, Token)).Value.Open.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("update peers set on_duty = false where person_id = $1", "off-duty")]
    [InlineData("update peers set trained_until = '2026-11-08' where person_id = $1", "training-expired")]
    [InlineData("update people set active = false where id = $1", "not-found")]
    public async Task A_peer_who_may_not_take_cases_is_told_why(string change, string refusal)
    {
        var id = await app.GivenOpenCase();
        var peer = await app.As("peer1");
        await app.Owner(change, peer.PersonId);

        (await app.Get<AcceptCase>().AcceptAsync(peer, id, Token)).Refusal?.Code.ShouldBe(refusal);
        (await app.Superuser("select count(*) from support_cases where holder_id is not null")).ShouldBe(0L);
    }
}
