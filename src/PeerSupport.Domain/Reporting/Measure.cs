namespace PeerSupport.Domain.Reporting;

/// <summary>What a closed case is counted by. One case lands in exactly one cell of each measure.</summary>
public enum Measure
{
    /// <summary>Category of the situation; never the type, which is too fine.</summary>
    SituationCategory = 1,

    /// <summary>How it ended.</summary>
    Outcome = 2,

    /// <summary>How long the officer waited until a peer accepted.</summary>
    TimeToAccept = 3,

    /// <summary>The agency of the psychologist who posted it.</summary>
    Agency = 4,

    /// <summary>How many contacts the peer counted.</summary>
    Contacts = 5,
}
