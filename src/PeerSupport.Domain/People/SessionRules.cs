namespace PeerSupport.Domain.People;

/// <summary>How long a sign-in lasts.</summary>
public static class SessionRules
{
    /// <summary>Idle time after which anyone in a case role must sign in again (ASVS 5.0, 7.3).</summary>
    public static readonly TimeSpan CaseRoleIdle = TimeSpan.FromMinutes(15);

    /// <summary>Idle time for everyone else.</summary>
    public static readonly TimeSpan OtherIdle = TimeSpan.FromMinutes(60);

    /// <summary>However busy, a sign-in ends after this: one long shift.</summary>
    public static readonly TimeSpan Absolute = TimeSpan.FromHours(12);

    /// <summary>Whether a sign-in still counts.</summary>
    public static bool IsAlive(IReadOnlyCollection<Role> roles, DateTimeOffset startedAt, DateTimeOffset lastSeenAt, DateTimeOffset now)
    {
        var idle = roles.Any(role => role.IsCaseRole()) ? CaseRoleIdle : OtherIdle;
        return now - lastSeenAt < idle && now - startedAt < Absolute;
    }
}
