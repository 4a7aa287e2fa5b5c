using MimeKit;

namespace PeerSupport.Services.Notices;

/// <summary>A mail this node may send for a while. Knows an address, so it never leaves this folder.</summary>
/// <param name="Id">Of its row.</param>
/// <param name="Round">How often a case has come back to the board; 0 for a message.</param>
/// <param name="Attempts">This one included.</param>
/// <param name="Language">Of the reader.</param>
/// <param name="Email">Of the reader; empty where there is none.</param>
/// <param name="Kind">The <see cref="MessageKind"/>; 0 for a case notice.</param>
/// <param name="LinkId">The hand-off link or the invitation it carries.</param>
internal sealed record ClaimedMail(Guid Id, int Round, int Attempts, string Language, string Email, int Kind, Guid? LinkId)
{
    /// <summary>Never the address.</summary>
    public override string ToString() => "[mail]";
}

/// <summary>Which claim on a row: each attempt in each round is one.</summary>
internal sealed record Claim(Guid Id, int Attempts, int Round);

/// <summary>Rows of one table that are to be sent.</summary>
internal interface IClaimQueue
{
    /// <summary>Takes what is due, for a while.</summary>
    Task<IReadOnlyList<ClaimedMail>> ClaimAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Asked just before sending: much may have happened since the claim.</summary>
    Task<bool> StillWantedAsync(ClaimedMail row, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Writes down what the far end said; null for what was not sent because nobody wants it any more.</summary>
    Task SettleAsync(ClaimedMail row, MailAnswer? answer, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Gives claims back untried, the attempt not counted.</summary>
    Task ReleaseAsync(IReadOnlyCollection<ClaimedMail> rows, TimeSpan wait, DateTimeOffset now);
}

/// <summary>Rows of one table that are mail to be sent.</summary>
internal interface IMailQueue : IClaimQueue
{
    /// <exception cref="ParseException">The address is none.</exception>
    MimeMessage Compose(MailboxAddress from, ClaimedMail row, Uri root, DateTimeOffset now);
}
