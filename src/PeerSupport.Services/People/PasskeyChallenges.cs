using Npgsql;
using NpgsqlTypes;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.People;

/// <summary>What a passkey challenge may be spent on.</summary>
internal static class PasskeyPurpose
{
    public const string SignIn = "sign-in";
    public const string Reveal = "reveal";
    public const string NewPasskey = "new-passkey";
    public const string Change = "change";
    public const string Enrolment = "enrolment";
}

/// <summary>
/// The server's half of passkey ceremonies. Each is spent once, by the person and for the purpose it was made for,
/// within five minutes: a replayed answer finds nothing to be checked against.
/// </summary>
internal sealed class PasskeyChallenges(DataSources sources, TimeProvider clock)
{
    /// <summary>Sign-in challenges are made for strangers too, so a flood of them must stay bounded: the oldest go first.</summary>
    private const int MostForStrangers = 10_000;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    /// <summary>Keeps the state of a new ceremony.</summary>
    public async Task<Guid> KeepAsync(string purpose, Guid? personId, string state, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        await using var command = sources[DatabaseRole.Accounts].CreateCommand(
            """
            with swept as (
                delete from passkey_challenges
                where expires_at <= @now
                   or (person_id is null and expires_at < (
                        select expires_at from passkey_challenges where person_id is null order by expires_at desc offset @most limit 1)))
            insert into passkey_challenges (id, person_id, purpose, state, expires_at) values (@id, @person, @purpose, @state, @expires)
            """);
        command.Parameters.AddWithValue("now", clock.GetUtcNow());
        command.Parameters.AddWithValue("most", MostForStrangers);
        command.Parameters.AddWithValue("id", id);
        command.Parameters.Add(Nullable("person", personId));
        command.Parameters.AddWithValue("purpose", purpose);
        command.Parameters.AddWithValue("state", state);
        command.Parameters.AddWithValue("expires", clock.GetUtcNow() + Lasts);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return id;
    }

    /// <summary>Takes the state out for good; null when it was spent, is too old, or was made for somebody or something else.</summary>
    public async Task<string?> SpendAsync(string purpose, Guid? personId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = sources[DatabaseRole.Accounts].CreateCommand(
            """
            delete from passkey_challenges
            where id = @id and purpose = @purpose and person_id is not distinct from @person and expires_at > @now
            returning state
            """);
        command.Parameters.AddWithValue("id", id);
        command.Parameters.AddWithValue("purpose", purpose);
        command.Parameters.Add(Nullable("person", personId));
        command.Parameters.AddWithValue("now", clock.GetUtcNow());
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private static NpgsqlParameter Nullable(string name, Guid? value) =>
        new(name, NpgsqlDbType.Uuid) { Value = (object?)value ?? DBNull.Value };
}
