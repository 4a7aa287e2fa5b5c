namespace PeerSupport.Domain.People;

/// <summary>An agency's wording of the disclaimer. Versions are added, never changed: what was said stays knowable.</summary>
public sealed class DisclaimerVersion
{
    /// <summary>The wording this product starts from, verbatim and in the present tense.</summary>
    public const string Standard =
        "Understand everything you tell me will be kept confidential up until the point you tell me if you are suicidal, homicidal or if you tell me you are committing crimes.";

    public required Guid AgencyId { get; init; }
    public required int Version { get; init; }
    public required string Text { get; init; }
    public required DateOnly InUseSince { get; init; }
}
