using PeerSupport.Domain.People;

namespace PeerSupport.Services.People;

/// <summary>
/// Who is asking, as read from the database a moment ago. Only <see cref="ActorResolver"/> makes one; it is asked for
/// anew at every operation and never kept.
/// </summary>
public sealed class Actor
{
    internal Actor() { }

    public required Guid PersonId { get; init; }
    public required Guid SessionId { get; init; }
    public required Guid AgencyId { get; init; }
    public required Guid RegionId { get; init; }
    public required string DisplayName { get; init; }

    /// <summary>"en" or "es".</summary>
    public required string Language { get; init; }

    /// <summary>Zone in which this person reads dates.</summary>
    public required TimeZoneInfo TimeZone { get; init; }
    public required IReadOnlyCollection<Role> Roles { get; init; }

    /// <summary>Signed in with all that their roles ask for. Without it no operation knows of a role that asks for more.</summary>
    public required bool Strong { get; init; }

    /// <summary>A role of theirs asks for a second factor, and they came without one: no role counts, and one page is open to them.</summary>
    public bool MustAddFactor { get; init; }

    /// <summary>Whether they had the role when resolved. Use cases ask their transaction again.</summary>
    public bool Is(Role role) => Roles.Contains(role);

    /// <summary>Never more than an id.</summary>
    public override string ToString() => "[actor]";
}
