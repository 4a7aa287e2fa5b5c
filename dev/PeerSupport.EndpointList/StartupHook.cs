using System.Runtime.Loader;

/// <summary>
/// Runs inside the app before its Main, named by DOTNET_STARTUP_HOOKS: lets the app find this assembly, which is not among
/// the app's own files.
/// </summary>
#pragma warning disable MA0047 // The runtime looks for this name without a namespace.
internal static class StartupHook
#pragma warning restore MA0047
{
    public static void Initialize()
    {
        var here = typeof(StartupHook).Assembly;
        AssemblyLoadContext.Default.Resolving += (context, name) => name.Name == here.GetName().Name ? context.LoadFromAssemblyPath(here.Location) : null;
    }
}
