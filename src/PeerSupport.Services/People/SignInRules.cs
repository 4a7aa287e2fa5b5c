using PeerSupport.Domain.People;

namespace PeerSupport.Services.People;

/// <summary>How strict signing in is on this installation.</summary>
/// <param name="Demonstration">Everybody is made up, and a password alone is enough. No production environment starts with it.</param>
public sealed record SignInRules(bool Demonstration)
{
    /// <summary>Whether a session counts for a role that needs a second factor.</summary>
    public bool IsEnough(bool strong) => strong || Demonstration;

    /// <summary>The roles that count in a session: none at all while one of them needs more than was shown.</summary>
    public IReadOnlyList<Role> Counting(IReadOnlyList<Role> roles, bool strong) =>
        IsEnough(strong) || !roles.Any(role => role.NeedsSecondFactor()) ? roles : [];
}
