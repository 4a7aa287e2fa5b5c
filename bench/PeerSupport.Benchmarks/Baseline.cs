using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using PeerSupport.Domain.Cases;

namespace PeerSupport.Benchmarks;

/// <summary>
/// What the accept is compared with: the same questions to the database (who is this session, then the same transaction on
/// the same tables by the same logins, with the same look before anybody waits for a lock), written by hand in Npgsql
/// behind a bare endpoint. No cookie, no anti-forgery token, no page but one sentence.
/// </summary>
internal static class Baseline
{
    public static async Task<int> ServeAsync(int port, string board, string accounts)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(board) { MaxPoolSize = 12 }.ConnectionString);
        await using var sessions = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(accounts) { MaxPoolSize = 12 }.ConnectionString);
        await using var app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{port}");
        app.MapGet("/healthz/ready", () => "ready");
        app.MapPost("/accept/{id:guid}/{peer:guid}", async (Guid id, Guid peer, CancellationToken cancellationToken) =>
            await IsSignedInAsync(sessions, peer, cancellationToken) && await AcceptAsync(source, id, peer, cancellationToken)
                ? Results.Ok()
                : Results.Text(CaseRefusals.AlreadyTaken.Sentence, statusCode: StatusCodes.Status409Conflict));
        await app.RunAsync();
        return 0;
    }

    private static async Task<bool> IsSignedInAsync(NpgsqlDataSource source, Guid peer, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select s.last_seen_at, array(select g.role from role_grants g where g.person_id = p.id)
            from sessions s join people p on p.id = s.person_id and p.active join agencies a on a.id = p.agency_id where s.person_id = $1 limit 1
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = peer });
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private static async Task<bool> AcceptAsync(NpgsqlDataSource source, Guid id, Guid peer, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, "select set_config('app.actor', $1::text, true)", cancellationToken, peer);
        if (!await IsOpenAsync(connection, id, peer, cancellationToken))
            return false;
        if (await RunAsync(connection, "update peers set held = held + 1 where person_id = $1 and on_duty and trained_until >= current_date and held < caseload_limit", cancellationToken, peer) == 0)
            return false;
        if (await RunAsync(connection,
            """
            update support_cases set status = 2, holder_id = $2, accepted_at = now() where id = $1 and status = 1
            and not exists (select from recusals r where r.case_id = support_cases.id and r.peer_id = $2)
            """, cancellationToken, id, peer) == 0)
            return false;
        await RunAsync(connection,
            "update deliveries set covered_at = case when peer_id = $2 then null else now() end, state = case when state = 1 then 5 else state end where case_id = $1",
            cancellationToken, id, peer);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>As in the app: most who come too late learn it here, without waiting for anybody's lock.</summary>
    private static async Task<bool> IsOpenAsync(NpgsqlConnection connection, Guid id, Guid peer, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select case
                when exists (select from support_cases where id = $1 and holder_id = $2) then 2
                when exists (select from support_cases where id = $1 and status = 1
                    and region_id = (select a.region_id from people p join agencies a on a.id = p.agency_id where p.id = $2)) then 1
                when exists (select from deliveries where case_id = $1 and peer_id = $2 and covered_at is not null) then 3
                else 0 end
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = peer });
        return await command.ExecuteScalarAsync(cancellationToken) is 1;
    }

    private static async Task<int> RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params Guid[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = parameter });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
