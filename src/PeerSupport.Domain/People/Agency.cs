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

    /// <summary>IANA time zone in which day and night are told for its cases.</summary>
    public string TimeZone { get; set; } = "America/Los_Angeles";

    /// <summary>Its peers take cases of the other agencies of its region that share too, and theirs take its cases.</summary>
    public bool SharesPeers { get; set; } = true;
}

/// <summary>A part of an agency, such as "Patrol North", under another one or under none: who commands whom.</summary>
public sealed class Unit
{
    public required Guid Id { get; init; }
    public required Guid AgencyId { get; init; }
    public Guid? ParentId { get; set; }
    public required string Name { get; set; }
}

/// <summary>How fast an agency's notices widen: best match at once, then its whole group, then its region, then the psychologist is told.</summary>
/// <remarks>Minutes since the post. Slower at night, so that fewer people are woken.</remarks>
public sealed class AlertPlan
{
    public required Guid AgencyId { get; init; }
    public int GroupAfter { get; set; } = 5;
    public int RegionAfter { get; set; } = 15;
    public int TellAfter { get; set; } = 30;
    public int NightGroupAfter { get; set; } = 10;
    public int NightRegionAfter { get; set; } = 30;
    public int NightTellAfter { get; set; } = 60;
    public TimeOnly NightFrom { get; set; } = new(22, 0);
    public TimeOnly NightUntil { get; set; } = new(6, 0);
}
