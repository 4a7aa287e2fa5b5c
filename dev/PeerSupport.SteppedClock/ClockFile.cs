using System.Globalization;

namespace PeerSupport.SteppedClock;

/// <summary>The time in a file, by which app processes go that were started with <see cref="Environment"/>.</summary>
/// <param name="file">Where the time stands. It need not exist yet.</param>
public sealed class ClockFile(string file)
{
    internal const string FileVariable = "STEPPED_CLOCK_FILE";

    /// <summary>What an app process is told, so that it goes by this clock.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(ClockFile).Assembly.Location,
        ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(ClockFile).Assembly.GetName().Name!,
        [FileVariable] = file,
    };

    /// <summary>From now on it is this time. Never an earlier one.</summary>
    public void Set(DateTimeOffset now)
    {
        // Whole or not at all: a reader never sees half a number.
        var next = $"{file}.next";
        File.WriteAllText(next, now.UtcTicks.ToString(CultureInfo.InvariantCulture));
        File.Move(next, file, overwrite: true);
    }

    internal static DateTimeOffset Read(string file) => new(long.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture), TimeSpan.Zero);
}
