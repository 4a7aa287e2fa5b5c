namespace PeerSupport.Services.Persistence;

/// <summary>
/// The logins of the app, least privilege each. Their grants and row-level security stand in the migration
/// "RolesAndRowSecurity". The owner, which migrates, is not among them.
/// </summary>
public enum DatabaseRole
{
    /// <summary>Accounts, sessions, people. No right on any case table.</summary>
    Accounts,

    /// <summary>Posts, notices, accept, hand back, close. May insert a sealed identity, never read one.</summary>
    Board,

    /// <summary>Reads one sealed identity, for its holder or its psychologist.</summary>
    Reveal,

    /// <summary>Mail outbox and key rotation. Sees delivery rows and wrapped keys, no ciphertext.</summary>
    Jobs,

    /// <summary>Formal tracks: their state, record and links; the agreed facts for the clinician of the track. Nothing of a support case.</summary>
    Tracks,

    /// <summary>The wellness coordinator's pages: published bands, and four figures about peers and training. Nothing else, not even an account.</summary>
    Stats,
}
