using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;

namespace PeerSupport.IntegrationTests.Cases;

/// <summary>A peer of the simulated night as the test knows them: what may and may not be asked of them is told here a second time, in other words.</summary>
internal sealed class NightPeer
{
    public required Guid Id { get; init; }
    public required string Email { get; init; }
    public required Guid Agency { get; set; }
    public bool OnDuty { get; set; }
    public bool Trained { get; set; } = true;
    public bool OnABreak { get; set; }
    public int Limit { get; set; } = 2;
    public (int From, int Until)? QuietHours { get; set; }

    /// <summary>Where they are: quiet hours are by their own clock.</summary>
    public required TimeZoneInfo Zone { get; init; }
    public HashSet<Guid> Holds { get; } = [];
    public List<DateTimeOffset> HandBacks { get; } = [];

    public bool IsQuiet(DateTimeOffset now) =>
        QuietHours is { } quiet && TimeZoneInfo.ConvertTime(now, Zone).Hour is var hour && (quiet.From < quiet.Until ? hour >= quiet.From && hour < quiet.Until : hour >= quiet.From || hour < quiet.Until);

    public bool CanTake(DateTimeOffset now) =>
        OnDuty && Trained && !OnABreak && Holds.Count < Limit && HandBacks.Count(at => at > now.AddHours(-24)) < 3;
}

/// <summary>A case of the night, and everything that was answered about it.</summary>
internal sealed class NightCase
{
    public required Guid Id { get; init; }
    public required Guid Agency { get; init; }
    public required Urgency Urgency { get; init; }
    public required HashSet<Guid> KeptAway { get; init; }
    public HashSet<Guid> SaidNo { get; } = [];

    /// <summary>When its ladder began: posted, or handed back.</summary>
    public required DateTimeOffset Since { get; set; }
    public DateTimeOffset? TakenAt { get; set; }
    public DateTimeOffset? ToldAt { get; set; }
    public bool Over { get; set; }
    public bool IsOpen => !Over && TakenAt is null;
}

/// <summary>Two hundred peers of four agencies: three that share and one that does not; mixed in everything that matters.</summary>
internal sealed class NightWorld(Random dice)
{
    private static readonly Guid[] Agencies = [TestPeople.Agency, Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
    private static Guid Alone => Agencies[3];

    /// <summary>West, at home, and half an hour off the others.</summary>
    private static readonly TimeZoneInfo[] Zones = [TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles"), TimeZoneInfo.FindSystemTimeZoneById("Etc/UTC"), TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata")];

    public Dictionary<string, NightPeer> Peers { get; } = new(StringComparer.Ordinal);
    public Dictionary<Guid, NightCase> Cases { get; } = [];

    /// <summary>Mail boxes that take nothing.</summary>
    public HashSet<string> Dead { get; } = new(StringComparer.Ordinal);

    public async Task FillAsync(TestApp app, int count)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(app.Connections.Owner);
        await using var db = DesignTimeContext.Create(source);
        db.Agencies.AddRange(Agencies.Skip(1).Select(id => new Agency { Id = id, RegionId = TestPeople.Region, Name = $"Agency {id:N}", TimeZone = "Etc/UTC", SharesPeers = id != Alone }));
        for (var n = 1; n <= count; n++)
        {
            var peer = NewPeer(n);
            Peers.Add(peer.Email, peer);
            db.People.Add(new Person { Id = peer.Id, AgencyId = peer.Agency, DisplayName = $"Night {n}", Language = "en", TimeZone = peer.Zone.Id });
            db.RoleGrants.Add(new RoleGrant { PersonId = peer.Id, Role = Role.Peer });
            db.Peers.Add(new Peer
            {
                PersonId = peer.Id,
                OnDuty = peer.OnDuty,
                TrainedUntil = peer.Trained ? new DateOnly(2099, 1, 1) : new DateOnly(2026, 11, 1),
                PausedUntil = peer.OnABreak ? new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero) : null,
                CaseloadLimit = peer.Limit,
                QuietFrom = peer.QuietHours is { } from ? new TimeOnly(from.From, 0) : null,
                QuietUntil = peer.QuietHours is { } until ? new TimeOnly(until.Until, 0) : null,
                Tags = dice.Next(4) == 0 ? [PeerTag.Veteran] : [],
                SpokenLanguages = dice.Next(6) == 0 ? ["en", "es"] : ["en"],
            });
            db.Users.Add(new Account { Id = peer.Id, UserName = peer.Email, NormalizedUserName = peer.Email.ToUpperInvariant(), Email = peer.Email, NormalizedEmail = peer.Email.ToUpperInvariant(), SecurityStamp = "x" });
            if (dice.Next(20) == 0)
                Dead.Add(peer.Email);
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Why nobody may alert this peer about this case now; null when it is right.</summary>
    public static string? WhyNot(NightPeer peer, NightCase one, DateTimeOffset now) => (peer, one) switch
    {
        ({ OnDuty: false }, _) => "off duty",
        ({ Trained: false }, _) => "not trained",
        ({ OnABreak: true }, _) => "on a break",
        _ when !peer.CanTake(now) => "full, or handed back too often",
        _ when peer.IsQuiet(now) => "quiet hours",
        _ when one.KeptAway.Contains(peer.Id) => "kept away",
        _ when one.SaidNo.Contains(peer.Id) => "said no",
        _ when peer.Agency != one.Agency && (peer.Agency == Alone || one.Agency == Alone) => "an agency that does not share",
        (_, { Over: true }) => "over",
        (_, { TakenAt: { } at }) when now > at => "taken",
        _ => null,
    };

    public static Actor ActorOf(NightPeer peer) => NewActor(peer.Id, peer.Agency, Role.Peer);

    public static Actor Psychologist => NewActor(TestPeople.Ids["okafor"], TestPeople.Agency, Role.Psychologist);

    private static Actor NewActor(Guid id, Guid agency, Role role) => new()
    {
        PersonId = id,
        SessionId = Guid.Empty,
        Strong = true,
        AgencyId = agency,
        RegionId = TestPeople.Region,
        DisplayName = "Night",
        Language = "en",
        TimeZone = TimeZoneInfo.Utc,
        Roles = [role],
    };

    private NightPeer NewPeer(int n) => new()
    {
        Id = Guid.NewGuid(),
        Email = $"night{n}@test.example",
        Agency = Agencies[dice.Next(Agencies.Length)],
        OnDuty = dice.Next(2) == 0,
        Trained = dice.Next(8) != 0,
        OnABreak = dice.Next(12) == 0,
        Limit = dice.Next(1, 3),
        Zone = Zones[n % Zones.Length],
        QuietHours = dice.Next(3) == 0 ? (dice.Next(20, 24), dice.Next(2, 8)) : null,
    };
}
