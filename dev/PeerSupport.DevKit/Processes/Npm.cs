namespace PeerSupport.DevKit;

/// <summary>npm and its companion npx, where the machine has Node.js.</summary>
internal static class Npm
{
    /// <returns>Null when there is no npm.</returns>
    public static Task<CommandResult?> TryRunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        TryRunAsync("npm", arguments, cancellationToken);

    /// <returns>Null when there is no Node.js.</returns>
    public static Task<CommandResult?> TryRunPackageAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        TryRunAsync("npx", arguments, cancellationToken);

    // On Windows both are scripts, which only the command interpreter can start.
    private static Task<CommandResult?> TryRunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        OperatingSystem.IsWindows()
            ? Command.TryRunAsync("cmd", ["/d", "/c", program, .. arguments], cancellationToken)
            : Command.TryRunAsync(program, arguments, cancellationToken);
}
