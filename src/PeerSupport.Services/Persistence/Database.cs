using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using PeerSupport.Domain.People;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;

namespace PeerSupport.Services.Persistence;

/// <summary>Opens one unit of work per operation: a connection of the right role, a transaction, and who is asking.</summary>
public sealed class Database(DataSources sources, CaseSignals signals, IServiceProvider services)
{
    // Made once: building options costs more than a short transaction.
    private readonly DbContextOptions<PeerSupportContext> options = Options(services);

    private const string ActorByTables =
        """
        select set_config('app.actor', @actor::text, true),
               array(select g.role from role_grants g join people p on p.id = g.person_id and p.active where g.person_id = @actor)
        """;

    /// <summary>For the login that may read no table of people.</summary>
    private const string ActorByFunction = "select set_config('app.actor', @actor::text, true), app_roles(@actor)";

    /// <summary>
    /// Begins a transaction in which row-level security knows the actor, and rereads in the same round trip what the
    /// actor is: circuits outlive revocations.
    /// </summary>
    public async Task<Work> BeginAsync(DatabaseRole role, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return await OpenAsync(
            role,
            role == DatabaseRole.Stats ? ActorByFunction : ActorByTables,
            command => command.Parameters.AddWithValue("actor", actor.PersonId),
            cancellationToken,
            actor.Strong);
    }

    /// <summary>Begins a transaction for a clinician without an account, who came by this link: sees one track.</summary>
    public Task<Work> BeginLinkAsync(Guid linkId, CancellationToken cancellationToken) =>
        OpenAsync(
            DatabaseRole.Tracks,
            "select set_config('app.link', @link::text, true), array[]::int[]",
            command => command.Parameters.AddWithValue("link", linkId),
            cancellationToken);

    /// <summary>Begins a transaction for an officer, by the keyed hash of the code on their copy: sees one track.</summary>
    public Task<Work> BeginReceiptAsync(byte[] codeHash, CancellationToken cancellationToken) =>
        OpenAsync(
            DatabaseRole.Tracks,
            "select set_config('app.receipt', @receipt, true), array[]::int[]",
            command => command.Parameters.AddWithValue("receipt", Convert.ToHexStringLower(codeHash)),
            cancellationToken);

    /// <summary>Begins a transaction of the board login in which nobody asks yet: only a function that names each reader by itself sees anything.</summary>
    internal Task<Work> BeginCrowdAsync(CancellationToken cancellationToken) =>
        OpenAsync(DatabaseRole.Board, "select set_config('app.actor', '', true), array[]::int[]", _ => { }, cancellationToken);

    /// <summary>Begins a transaction for a background job. Only the jobs role has policies that honour it.</summary>
    public Task<Work> BeginJobAsync(string job, CancellationToken cancellationToken) =>
        OpenAsync(
            DatabaseRole.Jobs,
            "select set_config('app.job', @job, true), array[]::int[]",
            command => command.Parameters.AddWithValue("job", job),
            cancellationToken);

    private static DbContextOptions<PeerSupportContext> Options(IServiceProvider services)
    {
        var builder = new DbContextOptionsBuilder<PeerSupportContext>();
        builder.Configure(services).AddInterceptors(new TransactionGuard());
        return builder.Options;
    }

    private async Task<Work> OpenAsync(DatabaseRole role, string contextSql, Action<NpgsqlCommand> bind, CancellationToken cancellationToken, bool strong = true)
    {
        var context = new PeerSupportContext(options);
        try
        {
            context.Database.SetDbConnection(sources[role].CreateConnection(), contextOwnsConnection: true);
            var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(contextSql, (NpgsqlConnection)context.Database.GetDbConnection(), (NpgsqlTransaction)transaction.GetDbTransaction());
            bind(command);
            Role[] roles;
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                await reader.ReadAsync(cancellationToken);
                roles = [.. reader.GetFieldValue<int[]>(1).Select(value => (Role)value)];
            }

            // Came without a second factor, and has a role that asks for one, perhaps since a moment ago: nobody in here.
            if (!strong && roles.Any(one => one.NeedsSecondFactor()))
            {
                roles = [];
                await context.Database.ExecuteSqlAsync($"select set_config('app.actor', '', true)", cancellationToken);
            }

            return new Work(context, transaction, roles, signals);
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }
}

/// <summary>One transaction. Disposing it without <see cref="CommitAsync"/> undoes everything.</summary>
public sealed class Work : IAsyncDisposable
{
    private readonly IDbContextTransaction transaction;
    private readonly IReadOnlyCollection<Role> roles;
    private readonly CaseSignals signals;
    private bool caseChanged;

    internal Work(PeerSupportContext context, IDbContextTransaction transaction, IReadOnlyCollection<Role> roles, CaseSignals signals)
    {
        (Context, this.transaction, this.roles, this.signals) = (context, transaction, roles, signals);
    }

    internal PeerSupportContext Context { get; }

    /// <summary>Whether the actor is active and has the role, as read in this transaction.</summary>
    public bool ActorIs(Role role) => roles.Contains(role);

    /// <summary>
    /// The rest of this transaction may pass this track on to another clinician, after which its row is no longer the
    /// actor's to see. Only for a track that this transaction has already found and locked.
    /// </summary>
    internal Task PassOnAsync(Guid trackId, CancellationToken cancellationToken) =>
        Context.Database.ExecuteSqlAsync($"select set_config('app.passing_on', {trackId.ToString()}, true)", cancellationToken);

    /// <summary>Several commands in one round trip, inside this transaction.</summary>
    internal NpgsqlBatch Batch(params ReadOnlySpan<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch((NpgsqlConnection)Context.Database.GetDbConnection(), (NpgsqlTransaction)transaction.GetDbTransaction());
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        return batch;
    }

    /// <summary>The rest of this transaction may send the next wave of this case out: the psychologist's own, new or locked.</summary>
    internal Task WideningAsync(Guid caseId, CancellationToken cancellationToken) =>
        Context.Database.ExecuteSqlAsync($"select set_config('app.widening', {caseId.ToString()}, true)", cancellationToken);

    /// <summary>Boards everywhere are to be told once this is committed, and only then.</summary>
    public void CaseChanged() => caseChanged = true;

    /// <summary>Commits; after that, and never inside, tells the boards (NOTIFY inside serialises commits).</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await transaction.CommitAsync(cancellationToken);
        if (caseChanged)
            signals.Raise();
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await Context.DisposeAsync();
    }
}
