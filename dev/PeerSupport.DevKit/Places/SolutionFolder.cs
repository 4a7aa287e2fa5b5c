namespace PeerSupport.DevKit;

/// <summary>Where the source is, found from where the running program lies.</summary>
public static class SolutionFolder
{
    public static string Path { get; } = Find();

    /// <summary>Debug or Release: what this program was built as, so that it starts its equals.</summary>
    public static string Configuration { get; } =
        AppContext.BaseDirectory.Split(System.IO.Path.DirectorySeparatorChar).SkipWhile(part => part != "bin").Skip(1).FirstOrDefault("Debug");

    public static string WebProject => System.IO.Path.Combine(Path, "src", "PeerSupport.Web");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "PeerSupport.sln")))
                return folder.FullName;
        // Published, as in a container: there is no source, and nothing that needs it.
        return AppContext.BaseDirectory;
    }
}
