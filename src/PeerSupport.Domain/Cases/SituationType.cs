namespace PeerSupport.Domain.Cases;

/// <summary>First level of the closed catalogue, such as "After a hard call".</summary>
public sealed class SituationCategory
{
    public required int Id { get; init; }
    public required string English { get; set; }
    public required string Spanish { get; set; }

    /// <summary>Not offered any more; open cases that carry it keep its name.</summary>
    public bool Retired { get; set; }
}

/// <summary>Second level, such as "Call with a child". The only words about a situation that peers see before one accepts.</summary>
public sealed class SituationType
{
    public required int Id { get; init; }
    public required int CategoryId { get; init; }
    public required string English { get; set; }
    public required string Spanish { get; set; }

    /// <summary>Not offered any more; open cases that carry it keep its name.</summary>
    public bool Retired { get; set; }
}
