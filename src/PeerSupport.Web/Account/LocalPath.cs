namespace PeerSupport.Web.Account;

/// <summary>Where to go after signing in: a path of this site, or the start page.</summary>
internal static class LocalPath
{
    /// <summary>The path when it is one of ours, else "/". Anything a browser could read as another site is not ours.</summary>
    public static string Of(string? asked) =>
        asked is { Length: > 1 and <= 200 } && asked[0] == '/' && asked[1] is not ('/' or '\\')
            && !asked.Any(c => char.IsControl(c) || c == '\\')
            && !asked.StartsWith("/sign-", StringComparison.OrdinalIgnoreCase)
            ? asked
            : "/";
}
