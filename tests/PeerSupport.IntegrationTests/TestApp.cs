using System.Security.Claims;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using PeerSupport.DevKit;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;

namespace PeerSupport.IntegrationTests;

/// <summary>The service layer on a real database of its own, with a clock that stands until told to move.</summary>
public sealed class TestApp : IAsyncDisposable
{
    private readonly TestServer server;
    private readonly string database;
    private readonly ServiceProvider services;
    private readonly NpgsqlDataSource superuser;
    private readonly NpgsqlDataSource owner;

    private TestApp(TestServer server, string database, DatabaseConnections connections, FakeTimeProvider clock, string keyDirectory, bool demonstration)
    {
        (this.server, this.database, Connections, Clock, KeyDirectory) = (server, database, connections, clock, keyDirectory);
        services = Build(connections, keyDirectory, clock, demonstration);
        superuser = SuperuserSource();
        owner = NpgsqlDataSource.Create(connections.Owner);
        Get<IEpochKeyStore>().Ensure(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber);
    }

    public DatabaseConnections Connections { get; }
    public FakeTimeProvider Clock { get; }
    public string KeyDirectory { get; }
    public string Database => database;

    /// <summary>As in production, or as in a demonstration, where a password alone is enough.</summary>
    public static async Task<TestApp> StartAsync(TestServer server, bool demonstration = false)
    {
        var (name, connections) = await server.CopyAsync();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 9, 2, 11, 0, TimeSpan.Zero));
        return new TestApp(server, name, connections, clock, TestKeys.NewDirectory(), demonstration);
    }

    /// <summary>The same wiring as the web app; a second call is a second node.</summary>
    public static ServiceProvider Build(DatabaseConnections connections, string keyDirectory, TimeProvider clock, bool demonstration = false)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings(connections, keyDirectory))
            .AddInMemoryCollection([new("PeerSupport:Demonstration", demonstration ? "true" : "false")]).Build();
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(configuration).AddLogging();
        collection.AddPeerSupport(configuration, new HostingEnvironment { EnvironmentName = Environments.Development });
        collection.Replace(ServiceDescriptor.Singleton(clock));
        return collection.BuildServiceProvider(validateScopes: true);
    }

    /// <summary>What the web app is told.</summary>
    public static IReadOnlyDictionary<string, string?> Settings(DatabaseConnections connections, string keyDirectory) => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["ConnectionStrings:Accounts"] = connections.Accounts,
        ["ConnectionStrings:Board"] = connections.Board,
        ["ConnectionStrings:Reveal"] = connections.Reveal,
        ["ConnectionStrings:Jobs"] = connections.Jobs,
        ["ConnectionStrings:Tracks"] = connections.Tracks,
        ["ConnectionStrings:Stats"] = connections.Stats,
        ["PeerSupport:KeyDirectory"] = keyDirectory,
        ["PeerSupport:PublicOrigin"] = "http://localhost:5080",
        ["Mail:From"] = "PeerSupport <peersupport@localhost>",
    };

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Signs somebody in: a real session row, read back by the real resolver.</summary>
    public async Task<Actor> As(string name) => await Resolve(await SignIn(name)) ?? throw new InvalidOperationException($"{name} has no standing");

    /// <summary>What a cookie would carry after a sign-in.</summary>
    public async Task<ClaimsPrincipal> SignIn(string name)
    {
        var session = Guid.NewGuid();
        await Owner("insert into sessions (id, person_id, started_at, last_seen_at, strong) values ($1, $2, $3, $3, true)", session, TestPeople.Ids[name], Clock.GetUtcNow());
        return new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ActorClaims.PersonId, TestPeople.Ids[name].ToString()), new Claim(ActorClaims.SessionId, session.ToString())], "test"));
    }

    public Task<Actor?> Resolve(ClaimsPrincipal principal, bool touch = true) => Get<ActorResolver>().ResolveAsync(principal, touch, CancellationToken.None);

    /// <summary>A proof of step-up, as only the step-up use case can make.</summary>
    public static RevealGrant FreshlySignedIn(Actor actor) => new(actor.PersonId);

    public static CaseForm Form(string officer = "Daniel Reyes", int type = 103, params string[] keptAway) => new(
        new OfficerIdentity(Confidential.From(officer), Confidential.From("206-555-0137"), Confidential.From("Tonight"), Confidential.From("Has not slept since.")),
        type, NoticeLevel.Type, Urgency.Tonight, [PeerTag.SpeaksSpanish], [.. keptAway.Select(name => TestPeople.Ids[name])], null);

    public async Task<Guid> GivenOpenCase(string psychologist = "okafor", CaseForm? form = null)
    {
        var outcome = await Get<PostCase>().PostAsync(await As(psychologist), form ?? Form(), CancellationToken.None);
        return outcome.Value.Posted?.CaseId ?? throw new InvalidOperationException(string.Join("; ", outcome.Value.Problems));
    }

    public async Task<Guid> GivenHeldCase(string peer, CaseForm? form = null)
    {
        var id = await GivenOpenCase(form: form);
        (await Get<AcceptCase>().AcceptAsync(await As(peer), id, CancellationToken.None)).Refusal.ShouldBeNull();
        return id;
    }

    /// <summary>Runs SQL as a superuser, past every lock: what a test plants or checks.</summary>
    public Task<object?> Superuser(string sql, params object[] parameters) => Run(superuser, sql, parameters);

    /// <summary>Connections of a superuser to keep open, for a test that asks often. Whoever asks for it disposes it.</summary>
    public NpgsqlDataSource SuperuserSource() =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.Postgres.AdminConnectionString(database)) { Pooling = true }.ConnectionString);

    /// <summary>Runs SQL as the owner, who is subject to row-level security.</summary>
    public Task<object?> Owner(string sql, params object[] parameters) => Run(owner, sql, parameters);

    /// <summary>Runs SQL with any connection string, which is used once.</summary>
    public static async Task<object?> Run(string connectionString, string sql, params object[] parameters)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        return await Run(source, sql, parameters);
    }

    private static async Task<object?> Run(NpgsqlDataSource source, string sql, object[] parameters)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await superuser.DisposeAsync();
        await owner.DisposeAsync();
        await server.DropAsync(database);
        Directory.Delete(KeyDirectory, recursive: true);
    }
}
