namespace PeerSupport.Domain.People;

/// <summary>An agency's wording of the disclaimer. Versions are added, never changed: what was said stays knowable.</summary>
public sealed class DisclaimerVersion
{
    /// <summary>The wording this product starts from, verbatim and in the present tense.</summary>
    public const string Standard =
        "Understand everything you tell me will be kept confidential up until the point you tell me if you are suicidal, homicidal or if you tell me you are committing crimes.";

    /// <summary>The same in Spanish, as literal and as present: of what is so now, and never of what was done once.</summary>
    public const string StandardSpanish =
        "Entienda que todo lo que me diga se mantendrá confidencial hasta el momento en que me diga que tiene pensamientos suicidas u homicidas, o que está cometiendo delitos.";

    public required Guid AgencyId { get; init; }
    public required int Version { get; init; }
    public required string Text { get; init; }

    /// <summary>The same in Spanish; null where the agency has none, and then the English words are shown.</summary>
    public string? SpanishText { get; init; }
    public required DateOnly InUseSince { get; init; }
}

/// <summary>A crisis line of an agency, or of all where <see cref="AgencyId"/> is null. Printed only with the day on which somebody checked it.</summary>
public sealed class CrisisLineEntry
{
    public required Guid Id { get; init; }
    public Guid? AgencyId { get; init; }

    /// <summary>Place in the list.</summary>
    public int Position { get; set; }

    /// <summary>Such as "988" or "COPLINE 800-267-5463".</summary>
    public required string Label { get; set; }

    /// <summary>What is dialled.</summary>
    public required string Tel { get; set; }
    public required string English { get; set; }
    public required string Spanish { get; set; }
    public DateOnly? LastVerified { get; set; }
}
