namespace PeerSupport.Services.Cases;

/// <summary>
/// The officer of one case, as ciphertext. No navigation leads here and no converter decrypts it: only
/// <c>RevealIdentity</c> does. The board role may insert it and never read it.
/// </summary>
internal sealed class SealedIdentity
{
    public required Guid CaseId { get; init; }

    /// <summary>Which epoch key wraps this case's key.</summary>
    public required int KeyEpoch { get; set; }
    public required byte[] WrappedKey { get; set; }
    public required byte[] Name { get; init; }
    public required byte[] Reach { get; init; }
    public required byte[] When { get; init; }
    public required byte[] Specifics { get; init; }
}

/// <summary>What a psychologist has typed so far, sealed like a case. One per psychologist, burned by posting or discarding.</summary>
internal sealed class CaseDraft
{
    public required Guid PsychologistId { get; init; }

    /// <summary>Random id the draft's key and ciphertext are bound to.</summary>
    public required Guid DraftId { get; init; }
    public required int KeyEpoch { get; set; }
    public required byte[] WrappedKey { get; set; }
    public required byte[] Content { get; init; }
    public required DateTimeOffset SavedAt { get; init; }
}
