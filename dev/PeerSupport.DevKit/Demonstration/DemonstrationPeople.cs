using PeerSupport.Domain.People;
using PeerSupport.Services.People;

namespace PeerSupport.DevKit.Demonstration;

/// <summary>Made-up people of two made-up agencies. Their password is documented, so they exist only in demonstrations and tests.</summary>
public static class DemonstrationPeople
{
    /// <summary>Everybody's password.</summary>
    public const string Password = DemonstrationAccounts.Password;

    /// <summary>The two agencies, partners in one region.</summary>
    public static readonly Guid Region = new("d0000000-0000-4000-8000-000000000001");
    public static readonly Guid HarlanBay = new("d0000000-0000-4000-8000-000000000011");
    public static readonly Guid CedarCounty = new("d0000000-0000-4000-8000-000000000012");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DemonstrationPerson> All { get; } =
    [
        new("psychologist1", "Dr. N. Okafor", Role.Psychologist, HarlanBay),
        new("psychologist2", "Dr. H. Lindgren", Role.Psychologist, CedarCounty),
        new("peer1", "R. Castellano", Role.Peer, HarlanBay, [PeerTag.SpeaksSpanish, PeerTag.Veteran]),
        new("peer2", "K. Doyle", Role.Peer, HarlanBay, [PeerTag.BeenThroughShooting]),
        new("peer3", "T. Lindqvist", Role.Peer, HarlanBay, [PeerTag.BeenThroughSeparation]),
        new("peer4", "M. Abara", Role.Peer, HarlanBay, [PeerTag.Veteran]),
        new("peer5", "S. Whitfield", Role.Peer, HarlanBay),
        new("peer6", "J. Moreno", Role.Peer, HarlanBay, [PeerTag.SpeaksSpanish], "es"),
        new("peer7", "A. Petrov", Role.Peer, HarlanBay, [PeerTag.BeenThroughShooting, PeerTag.Veteran]),
        new("peer8", "L. Tran", Role.Peer, CedarCounty),
        new("peer9", "D. Hollis", Role.Peer, CedarCounty, [PeerTag.BeenThroughSeparation]),
        new("peer10", "C. Nakamura", Role.Peer, CedarCounty, [PeerTag.Veteran]),
        new("peer11", "E. Rivera", Role.Peer, CedarCounty, [PeerTag.SpeaksSpanish, PeerTag.BeenThroughShooting]),
        new("peer12", "B. Osei", Role.Peer, CedarCounty),
        new("clinician1", "Dr. P. Varga", Role.Clinician, HarlanBay),
        new("coordinator1", "G. Santos", Role.Coordinator, HarlanBay),
        new("admin1", "V. Quinn", Role.Administrator, HarlanBay),
        new("admin2", "O. Brandt", Role.Administrator, CedarCounty),
    ];
}

/// <summary>One made-up person.</summary>
public sealed record DemonstrationPerson(string Login, string DisplayName, Role Role, Guid AgencyId, PeerTag[]? Tags = null, string Language = "en")
{
    /// <summary>What they sign in with.</summary>
    public string Email => $"{Login}@demo.test";

    /// <summary>The same on every installation, so that seeding twice changes nothing.</summary>
    public Guid Id => new($"d1000000-0000-4000-8000-{Number:D12}");

    /// <summary>A peer's number, of those that belong to nobody.</summary>
    public string? Phone => Role == Role.Peer ? $"206-555-01{Number % 1000 + 20}" : null;

    private int Number => (int)Role * 1000 + int.Parse(new string([.. Login.Where(char.IsAsciiDigit)]), System.Globalization.CultureInfo.InvariantCulture);
}
