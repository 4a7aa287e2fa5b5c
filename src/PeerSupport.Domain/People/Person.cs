namespace PeerSupport.Domain.People;

/// <summary>Departments that share peers by agreement. A peer from another agency is often the safer choice.</summary>
public sealed class Region
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }
}

/// <summary>A police department on this installation.</summary>
public sealed class Agency
{
    public required Guid Id { get; init; }
    public required Guid RegionId { get; init; }
    public required string Name { get; set; }
}

/// <summary>Somebody with an account: never an officer being supported.</summary>
public sealed class Person
{
    public required Guid Id { get; init; }
    public required Guid AgencyId { get; set; }

    /// <summary>As colleagues know them, such as "R. Castellano". Shown to themselves and to the psychologist.</summary>
    public required string DisplayName { get; set; }

    /// <summary>False at once and everywhere when the account is disabled.</summary>
    public bool Active { get; set; } = true;

    /// <summary>"en" or "es": the language of their mail.</summary>
    public required string Language { get; set; }

    /// <summary>IANA time zone in which they read dates.</summary>
    public required string TimeZone { get; set; }

    /// <summary>Number under which a psychologist calls them back when they raised an alarm; null where none is known.</summary>
    public string? Phone { get; set; }
}

/// <summary>One role of one person.</summary>
public sealed class RoleGrant
{
    public required Guid PersonId { get; init; }
    public required Role Role { get; init; }
}

/// <summary>What makes a person a peer: training, duty, and how much they carry.</summary>
public sealed class Peer
{
    public required Guid PersonId { get; init; }

    /// <summary>Notices reach only peers on duty.</summary>
    public bool OnDuty { get; set; } = true;

    /// <summary>Last day on which the training counts. After it no case is offered.</summary>
    public required DateOnly TrainedUntil { get; set; }

    /// <summary>Cases a peer may hold at once (peers burn out).</summary>
    public int CaseloadLimit { get; set; } = 2;

    /// <summary>Cases held now. Changed only together with the case, in one transaction.</summary>
    public int Held { get; set; }

    /// <summary>What this peer brings, in the words of <see cref="PeerTag"/>.</summary>
    public PeerTag[] Tags { get; set; } = [];
}

/// <summary>What a psychologist may wish for, "a peer who, if possible…". A closed list: no free text reaches a notice.</summary>
public enum PeerTag
{
    SpeaksSpanish = 1,
    OtherAgency = 2,
    Veteran = 3,
    BeenThroughShooting = 4,
    BeenThroughSeparation = 5,
}
