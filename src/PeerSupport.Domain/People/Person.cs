namespace PeerSupport.Domain.People;

/// <summary>Somebody with an account: never an officer being supported.</summary>
public sealed class Person
{
    public required Guid Id { get; init; }
    public required Guid AgencyId { get; set; }

    /// <summary>As colleagues know them, such as "R. Castellano". Shown to themselves and to the psychologist.</summary>
    public required string DisplayName { get; set; }

    /// <summary>False at once and everywhere when the account is disabled.</summary>
    public bool Active { get; set; } = true;

    /// <summary>"en" or "es": the language of their pages and mail.</summary>
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
