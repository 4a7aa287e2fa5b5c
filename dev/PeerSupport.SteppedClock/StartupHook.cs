using System.Runtime.Loader;

/// <summary>
/// Runs inside the app before its Main, named by DOTNET_STARTUP_HOOKS: lets the app find this assembly and what it needs,
/// which are not among the app's own files.
/// </summary>
#pragma warning disable MA0047 // The runtime looks for this name without a namespace.
internal static class StartupHook
#pragma warning restore MA0047
{
    public static void Initialize()
    {
        var folder = Path.GetDirectoryName(typeof(StartupHook).Assembly.Location)!;
        string[] ours = ["PeerSupport.SteppedClock", "Microsoft.Extensions.TimeProvider.Testing"];
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            ours.Contains(name.Name, StringComparer.Ordinal) ? context.LoadFromAssemblyPath(Path.Combine(folder, $"{name.Name}.dll")) : null;
    }
}
