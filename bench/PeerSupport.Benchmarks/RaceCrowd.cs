using PeerSupport.DevKit;

namespace PeerSupport.Benchmarks;

/// <summary>A hundred signed-in peers, and a fresh case for each race.</summary>
internal sealed class RaceCrowd
{
    private readonly RunningApp app;
    private readonly IReadOnlyList<PageClient> clients;
    private readonly IReadOnlyList<Guid> ids;

    private RaceCrowd(RunningApp app, IReadOnlyList<PageClient> clients, IReadOnlyList<Guid> ids) => (this.app, this.clients, this.ids) = (app, clients, ids);

    public int BaselinePort { get; } = LoopbackPort.Free();

    /// <summary>Makes peer13 to peerN beside the demonstration's twelve, and signs everybody in.</summary>
    public static async Task<RaceCrowd> GatherAsync(RunningApp app, int peers)
    {
        await AddPeersAsync(app, peers);
        var gathered = new List<PageClient>();
        var people = new List<Guid>();
        foreach (var login in Enumerable.Range(1, peers).Select(n => $"peer{n}"))
        {
            gathered.Add(await app.SignedInAsync(login));
            people.Add((Guid)(await app.SqlAsync("select id from accounts where email = $1", $"{login}@demo.test"))!);
        }

        return new RaceCrowd(app, gathered, people);
    }

    /// <summary>Makes peer13 to peerN.</summary>
    public static Task AddPeersAsync(RunningApp app, int peers) =>
        app.SqlAsync(
            $"""
            with made as (
                insert into people (id, agency_id, display_name, active, language, time_zone)
                select gen_random_uuid(), p.agency_id, 'peer' || n, true, 'en', 'Etc/UTC' from generate_series(13, {peers}) n, (select agency_id from people limit 1) p
                returning id, display_name),
            granted as (insert into role_grants (person_id, role) select id, 2 from made),
            trained as (insert into peers (person_id, on_duty, trained_until, caseload_limit, held, tags) select id, true, '2099-01-01', 2, 0, '{"{}"}' from made)
            insert into accounts (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, password_hash, security_stamp, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            select m.id, m.display_name || '@demo.test', upper(m.display_name || '@demo.test'), m.display_name || '@demo.test', upper(m.display_name || '@demo.test'), true,
                   (select password_hash from accounts where email = 'peer1@demo.test'), 'x', false, false, true, 0 from made m
            """);

    /// <summary>Everybody has the notice open; what is returned presses Accept.</summary>
    public async Task<IReadOnlyList<Func<Task<HttpResponseMessage>>>> PrepareAsync(int round)
    {
        var id = await FreshCaseAsync(round);
        var attempts = new List<Func<Task<HttpResponseMessage>>>();
        foreach (var client in clients)
        {
            var request = (await client.GetAsync($"/notices/{id}")).Press("Accept");
            attempts.Add(() => client.Http.SendAsync(request));
        }

        return attempts;
    }

    /// <summary>The same race against the bare endpoint.</summary>
    public async Task<IReadOnlyList<Func<Task<HttpResponseMessage>>>> PrepareBareAsync(HttpClient bare, int round)
    {
        var id = await FreshCaseAsync(round);
        return [.. ids.Select<Guid, Func<Task<HttpResponseMessage>>>(peer => () => bare.PostAsync(new Uri($"/accept/{id}/{peer}", UriKind.Relative), null))];
    }

    /// <summary>One open case with the same delivery rows a post makes; everybody's hands are free again.</summary>
    private async Task<Guid> FreshCaseAsync(int round)
    {
        await ClearAsync();
        return await AddCaseAsync(round);
    }

    /// <summary>No case, and everybody's hands free.</summary>
    public async Task ClearAsync()
    {
        await app.SqlAsync("delete from support_cases");
        await app.SqlAsync("update peers set held = 0");
    }

    /// <summary>Somebody's board, open and live.</summary>
    public async Task<CircuitClient> OpenBoardAsync(int n)
    {
        var board = new CircuitClient(app.Url, "notices", clients[n].Cookies);
        await board.OpenAsync(clients[n].Http);
        return board;
    }

    /// <summary>One open case with the delivery rows of a post.</summary>
    public async Task<Guid> AddCaseAsync(int round)
    {
        var id = Guid.NewGuid();
        await app.SqlAsync(
            """
            insert into support_cases (id, psychologist_id, agency_id, region_id, situation_type_id, level, urgency, wanted_tags, handle_first, handle_second, posted_at, status, contact_days)
            select $1, p.id, p.agency_id, a.region_id, 103, 1, 1, '{}', $2, 1, now(), 1, '{}' from people p join agencies a on a.id = p.agency_id join role_grants g on g.person_id = p.id and g.role = 1 limit 1
            """, id, (short)(round % 60));
        await app.SqlAsync(
            """
            insert into deliveries (id, case_id, peer_id, posted_by, channel, state, handle_first, handle_second, round, attempts, due_at)
            select gen_random_uuid(), c.id, p.person_id, c.psychologist_id, ch, 3, c.handle_first, c.handle_second, 0, 0, now() from support_cases c, peers p, generate_series(1, 2) ch where c.id = $1
            """, id);
        return id;
    }
}
