using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.IntegrationTests.People.Administration;
using PeerSupport.Services.People;
using PeerSupport.Services.People.Administration;

namespace PeerSupport.IntegrationTests.People;

/// <summary>Sign-ins and changes that are half done when the account is changed: they come to nothing.</summary>
public sealed class InFlightTests(TestServer server) : IAsyncLifetime
{
    private const string Issuer = "https://id.example";
    private static readonly Guid Peer = TestPeople.Ids["peer1"];
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private SignIn SignIn => app.Get<SignIn>();

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task S20_A_password_that_was_right_a_moment_ago_begins_no_session()
    {
        await app.GivenPassword("coordinator");
        var entered = await WhileItChanges("coordinator", () => SignIn.WithPasswordAsync(SigningIn.EmailOf("coordinator"), SigningIn.Password, null, Token));
        await ShouldBeNobody(entered, "coordinator");
    }

    [Fact]
    public async Task S20_A_right_code_begins_no_session_either()
    {
        var (enrolled, device) = await app.Enrol(await app.GivenInvitation("peer1"));
        device.Dispose();
        await app.GivenPassword("peer1");
        await ShouldBeNobody(await WhileItChanges("peer1", () => SignIn.WithPasswordAsync(SigningIn.EmailOf("peer1"), SigningIn.Password, enrolled.Codes[0], Token)), "peer1");
    }

    [Fact]
    public async Task S20_A_passkey_that_answered_a_moment_ago_begins_no_session_and_does_not_come_back_by_its_answer()
    {
        using var device = await app.GivenPasskey("peer1");
        var ceremony = await SignIn.BeginPasskeyAsync(Token);
        var answer = device.Assert(ceremony.OptionsJson);
        var entered = await WhileItChanges("peer1", () => SignIn.WithPasskeyAsync(ceremony.Challenge, answer, Token), "delete from account_passkeys where user_id = $1");
        await ShouldBeNobody(entered, "peer1");
        (await app.Superuser("select count(*) from account_passkeys where user_id = $1", Peer)).ShouldBe(0L);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S20_Whoever_is_on_the_way_back_from_the_provider_begins_no_session_and_is_not_linked(bool linked)
    {
        if (linked)
            await app.Superuser("insert into account_logins (login_provider, provider_key, user_id) values ($1, 's-1', $2)", Issuer, Peer);
        var identity = new ProviderIdentity(Issuer, "s-1", SigningIn.EmailOf("peer1"), EmailVerified: true, Strong: true);
        var entered = await WhileItChanges("peer1", () => app.Get<ProviderSignIn>().EnterAsync(identity, Caller.Unknown, Token), "delete from account_logins where user_id = $1");
        await ShouldBeNobody(entered, "peer1");
        (await app.Superuser("select count(*) from account_logins")).ShouldBe(0L);
    }

    [Fact]
    public async Task S32_A_change_confirmed_with_what_is_no_longer_right_changes_nothing()
    {
        await app.GivenPassword("peer1");
        var (actor, proof) = (await app.As("peer1"), new FreshSignIn(SigningIn.Password, null));
        (await WhileItChanges("peer1", () => app.Get<RecoveryCodes>().MakeAsync(actor, proof, Token))).Refusal.ShouldBe(SignInRefusals.Again);
        (await app.Superuser("select count(*) from recovery_codes")).ShouldBe(0L);

        using var device = await app.GivenPasskey("peer2");
        var other = await app.As("peer2");
        var confirm = await app.Get<PasskeyFactors>().BeginConfirmAsync(other, Token);
        var shown = new FreshSignIn(null, null, confirm.Challenge, device.Assert(confirm.OptionsJson));
        (await WhileItChanges("peer2", () => app.Get<SecondFactor>().ShowAsync(other, shown, Token))).Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task S14_No_reveal_is_granted_for_a_passkey_that_is_taken_away_in_the_same_moment()
    {
        using var device = await app.GivenPasskey("peer1");
        var actor = await app.As("peer1");
        var ceremony = await app.Get<StepUp>().BeginPasskeyAsync(actor, Token);
        var answer = device.Assert(ceremony.OptionsJson);
        (await WhileItChanges("peer1", () => app.Get<StepUp>().WithPasskeyAsync(actor, ceremony.Challenge, answer, Token))).Refusal.ShouldBe(CaseRefusals.SignInAgain);
    }

    public static TheoryData<string> Changes() => ["passkey", "codes", "password", "role", "disable", "move", "address", "enrolment"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task S20_Every_change_of_an_account_ends_what_is_half_done_on_it(string change)
    {
        await app.GivenPassword("peer1");
        var (actor, weak) = (await app.As("peer1"), (await app.SignInWithPassword("peer1")).ShouldNotBeNull("shows the page for the second factor"));
        await app.Get<StepUp>().BeginPasskeyAsync(actor, Token);
        var before = await StampOf();
        await Change(change, actor);
        (await StampOf()).ShouldNotBe(before);
        (await app.Superuser("select count(*) from passkey_challenges where person_id = $1", Peer)).ShouldBe(0L);
        if (change != "address")
            (await app.Resolve(weak)).ShouldBeNull();
    }

    private async Task Change(string change, Actor actor)
    {
        var administrator = await app.As("administrator");
        var form = Administrators.Person("peer1") with { AgencyId = TestPeople.FarAgency };
        var password = new FreshSignIn(SigningIn.Password, null);
        Refusal? refusal = change switch
        {
            "codes" => (await app.Get<RecoveryCodes>().MakeAsync(actor, password, Token)).Refusal,
            "password" => (await app.Get<OwnPassword>().ChangeAsync(actor, password, "another long sentence", Token)).Refusal,
            "role" => (await app.Get<RoleRequests>().RemoveAsync(administrator, Peer, Role.Peer, Token)).Refusal,
            "disable" => (await app.Get<PeopleKeeping>().SetActiveAsync(administrator, Peer, false, Token)).Refusal,
            "move" => (await app.Get<PeopleKeeping>().ChangeAsync(administrator, Peer, form, null, Token)).Refusal,
            "address" => (await app.Get<RoleRequests>().AskEmailAsync(administrator, Peer, "new@test.example", Token)).Refusal
                ?? (await app.Get<Approvals>().DecideAsync(await app.As("okafor"), await app.RequestFor(Peer), true, Token)).Refusal,
            _ => null,
        };
        refusal.ShouldBeNull();
        if (change == "enrolment")
            (await app.Enrol(await app.GivenInvitation("peer1"))).Device.Dispose();
        if (change == "passkey")
            (await app.GivenPasskey("peer1")).Dispose();
    }

    /// <summary>Lets it run until it waits for the account's row, changes the account as another transaction would, and lets it go on.</summary>
    private async Task<T> WhileItChanges<T>(string name, Func<Task<T>> run, string? also = null)
    {
        await using var source = app.SuperuserSource();
        await using var other = await source.OpenConnectionAsync(Token);
        await using var change = await other.BeginTransactionAsync(Token);
        async Task Do(string sql)
        {
            await using var command = new Npgsql.NpgsqlCommand(sql, other, change);
            command.Parameters.AddWithValue(TestPeople.Ids[name]);
            await command.ExecuteNonQueryAsync(Token);
        }

        await Do("update accounts set security_stamp = 'another one' where id = $1");
        var running = Task.Run(run, Token);
        await UntilItWaits(source);
        await Do("delete from sessions where person_id = $1");
        if (also is not null)
            await Do(also);
        await change.CommitAsync(Token);
        return await running;
    }

    private static async Task UntilItWaits(Npgsql.NpgsqlDataSource source)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        await using var look = source.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        while ((long)(await look.ExecuteScalarAsync(patience.Token))! == 0)
            patience.Token.ThrowIfCancellationRequested();
    }

    private async Task ShouldBeNobody(Result<SignedIn> entered, string name)
    {
        entered.Refusal.ShouldBe(SignInRefusals.Again);
        entered.Refusal!.English.ShouldContain("Sign in again.");
        (await app.Superuser("select count(*) from sessions where person_id = $1", TestPeople.Ids[name])).ShouldBe(0L);
    }

    private Task<object?> StampOf() => app.Superuser("select security_stamp from accounts where id = $1", Peer);
}
