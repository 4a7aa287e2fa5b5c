using Npgsql;
using PeerSupport.Domain.People;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.People.Administration;
using PeerSupport.Services.Profile;

namespace PeerSupport.IntegrationTests.People.Administration;

/// <summary>Trainings that were entered wrongly: whom they make alertable ends at once, and what was entered stays to be seen.</summary>
public sealed class TrainingTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private Actor administrator = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        administrator = await app.As("administrator");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_training_entered_wrongly_is_taken_back_and_a_peer_without_another_is_offered_nothing()
    {
        var (trainings, peer) = (app.Get<TrainingKeeping>(), TestPeople.Ids["peer1"]);
        await app.GivenOpenCase();
        await trainings.EnterAsync(administrator, peer, new TrainingForm("Peer support, 40 h", new(2025, 3, 1), new(2027, 3, 1), 40), Token);
        await trainings.EnterAsync(administrator, peer, new TrainingForm("Mistyped year", new(2026, 3, 1), new(2031, 3, 1), null), Token);
        (await app.Superuser("select trained_until = '2031-03-01' from peers where person_id = $1", peer)).ShouldBe(true);
        var mistyped = (Guid)(await app.Superuser("select id from training_records where name = 'Mistyped year'"))!;

        (await trainings.WithdrawAsync(administrator, TestPeople.Ids["peer2"], mistyped, Token)).Refusal.ShouldBe(AdministrationRefusals.TrainingGone, "it is not theirs");
        (await trainings.WithdrawAsync(await app.As("okafor"), peer, mistyped, Token)).Refusal.ShouldBe(AdministrationRefusals.NotFound);
        (await trainings.WithdrawAsync(administrator, peer, mistyped, Token)).Refusal.ShouldBeNull();
        (await trainings.WithdrawAsync(administrator, peer, mistyped, Token)).Refusal.ShouldBe(AdministrationRefusals.TrainingGone);
        (await app.Superuser("select trained_until = '2027-03-01' from peers where person_id = $1", peer)).ShouldBe(true, "the other one counts");
        var file = (await app.Get<PeopleList>().FindAsync(administrator, peer, 1, Token)).Value;
        file.Trainings.Single(training => training.Name == "Mistyped year").WithdrawnBy.ShouldNotBeNullOrEmpty();
        file.Peer!.TrainingCounts.ShouldBeTrue();
        file.Log[0].Event.ShouldBe(SecurityEvent.TrainingWithdrawn);
        (await app.Get<OwnProfile>().ReadAsync(await app.As("peer1"), Token)).Value.Trainings.ShouldNotContain(training => training.Name == "Mistyped year");

        var boards = app.Get<PeerBoards>();
        (await boards.ReadAsync(await app.As("peer1"), 1, Token)).Value.Open.ShouldNotBeEmpty();
        await trainings.WithdrawAsync(administrator, peer, (Guid)(await app.Superuser("select id from training_records where person_id = $1 and withdrawn_at is null", peer))!, Token);
        (await boards.ReadAsync(await app.As("peer1"), 1, Token)).Value.Open.ShouldBeEmpty();
        (await app.Get<PeopleList>().FindAsync(administrator, peer, 1, Token)).Value.Peer!.TrainingCounts.ShouldBeFalse();
    }

    [Theory]
    [InlineData("update training_records set valid_until = '2040-01-01'")]
    [InlineData("update training_records set withdrawn_by = null where withdrawn_at is not null")]
    [InlineData("delete from training_records")]
    public async Task A_training_cannot_be_changed_or_lost_in_the_database(string change)
    {
        await app.Get<TrainingKeeping>().EnterAsync(administrator, TestPeople.Ids["peer1"], new TrainingForm("Peer support, 40 h", new(2025, 3, 1), new(2027, 3, 1), 40), Token);
        await app.Get<TrainingKeeping>().WithdrawAsync(administrator, TestPeople.Ids["peer1"], (Guid)(await app.Superuser("select id from training_records"))!, Token);
        await using var login = new NpgsqlConnection(app.Connections.Accounts);
        await login.OpenAsync(Token);
        await using var forged = new NpgsqlCommand(change, login);
        (await Should.ThrowAsync<PostgresException>(() => forged.ExecuteNonQueryAsync(Token))).SqlState
            .ShouldBeOneOf(PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.CheckViolation);
    }
}
