using Npgsql;
using PeerSupport.DevKit;

namespace PeerSupport.IntegrationTests.DevKit;

/// <summary>On a server that others use, too: nobody else's data is dropped, and nobody can guess the logins' passwords.</summary>
public sealed class DatabaseIsOurs(TestServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private readonly string name = $"peersupport_ours_{Guid.NewGuid():N}";

    private string Admin => server.Postgres.AdminConnectionString();

    [Fact]
    public async Task A_database_that_was_there_before_is_filled_but_never_dropped()
    {
        await server.Postgres.CreateDatabaseAsync(name, cancellationToken: Token);
        await DevDatabase.PrepareAsync(Admin, name, server.Postgres.Passwords, Token);
        (await DevDatabase.DropAsync(Admin, name, Token)).ShouldBeFalse();
        (await TestApp.Run(Admin, "select count(*) from pg_database where datname = $1", name)).ShouldBe(1L);
        NpgsqlConnection.ClearAllPools();
        await server.Postgres.DropDatabaseAsync(name, Token);
    }

    [Fact]
    public async Task A_database_made_here_is_dropped_and_one_that_is_not_there_is_no_trouble()
    {
        await DevDatabase.PrepareAsync(Admin, name, server.Postgres.Passwords, Token);
        (await DevDatabase.DropAsync(Admin, name, Token)).ShouldBeTrue();
        (await TestApp.Run(Admin, "select count(*) from pg_database where datname = $1", name)).ShouldBe(0L);
        (await DevDatabase.DropAsync(Admin, name, Token)).ShouldBeTrue();
    }

    [Fact]
    public void Without_a_password_of_the_administrator_none_is_made_for_the_logins()
    {
        var none = new NpgsqlConnectionStringBuilder(Admin) { Password = null }.ConnectionString;
        Should.Throw<DevKitException>(() => DatabasePasswords.DerivedFrom(none)).Message.ShouldContain("PGPASSWORD");
        DatabasePasswords.DerivedFrom(Admin).ShouldBe(server.Postgres.Passwords);
    }
}
