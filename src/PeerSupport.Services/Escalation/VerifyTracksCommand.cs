using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;

namespace PeerSupport.Services.Escalation;

/// <summary>"PeerSupport.Web verify-tracks": checks the records of formal tracks and names the entry that does not fit.</summary>
public static class VerifyTracksCommand
{
    /// <summary>Its name on the command line.</summary>
    public const string Name = "verify-tracks";

    /// <summary>Every record checked is whole.</summary>
    public const int Whole = 0;

    /// <summary>At least one record is not.</summary>
    public const int Broken = 1;

    /// <summary>Nothing can be said: wrong words, no database, no secret to check with.</summary>
    public const int NotChecked = 2;

    /// <summary>Runs with the app's own settings. Reads and opens nothing of an officer; prints handles and ids of tracks.</summary>
    /// <param name="configuration">The app's settings.</param>
    /// <param name="environment">The app's environment.</param>
    /// <param name="arguments">Nothing, or "--track" and an id.</param>
    /// <param name="output">Where the sentences go.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IConfiguration configuration, IHostEnvironment environment, string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        Guid? only = null;
        if (arguments is ["--track", var text] && Guid.TryParse(text, out var id))
            only = id;
        else if (arguments.Length > 0)
            return await SayAsync(output, NotChecked, $"Use: {Name} [--track <id>]");
        if (string.IsNullOrWhiteSpace(configuration["PeerSupport:KeyDirectory"]))
            return await SayAsync(output, NotChecked, "PeerSupport:KeyDirectory is not set.");
        try
        {
            await using var services = new ServiceCollection().AddLogging().AddSingleton(configuration).AddPeerSupport(configuration, environment).BuildServiceProvider();
            var verify = services.GetRequiredService<VerifyTracks>();
            if (only is null && !await verify.AnyAsync(cancellationToken))
                return await SayAsync(output, Whole, "There are no tracks.");
            // Asked for without being there, the secret would be made anew, and every record would look altered.
            if (!File.Exists(Path.Combine(configuration["PeerSupport:KeyDirectory"]!, InstallationSecret.FileName)))
                return await SayAsync(output, NotChecked, $"PeerSupport:KeyDirectory does not hold {InstallationSecret.FileName}. Without it no record can be checked.");
            return await CheckAsync(verify, only, output, cancellationToken);
        }
        catch (UnsafeConnectionException wrong)
        {
            return await SayAsync(output, NotChecked, wrong.Message);
        }
        catch (Exception unreachable) when (unreachable is NpgsqlException || DatabaseFault.IsUnavailable(unreachable))
        {
            return await SayAsync(output, NotChecked, "The database cannot be reached, or is not of this release.");
        }
        catch (SealBrokenException)
        {
            return await SayAsync(output, NotChecked, $"{InstallationSecret.FileName} is damaged. Without it no record can be checked.");
        }
    }

    private static async Task<int> CheckAsync(VerifyTracks verify, Guid? only, TextWriter output, CancellationToken cancellationToken)
    {
        var (tracks, entries, broken) = (0, 0, 0);
        await foreach (var track in verify.RunAsync(only, cancellationToken))
        {
            (tracks, entries) = (tracks + 1, entries + track.Entries);
            if (track.Fault is not { } fault)
                continue;
            broken++;
            await output.WriteLineAsync($"{track.Handle} ({track.TrackId}): {fault.Sentence}");
        }

        return (tracks, broken) switch
        {
            (0, _) => await SayAsync(output, NotChecked, only is null ? "The tracks were destroyed meanwhile." : "There is no such track."),
            (_, 0) => await SayAsync(output, Whole, $"{Count(tracks, "track")} with {Count(entries, "entry", "entries")} checked: whole."),
            _ => await SayAsync(output, Broken, $"{Count(broken, "record")} of {tracks} checked {(broken == 1 ? "is" : "are")} not whole."),
        };
    }

    private static string Count(int count, string one, string? many = null) => count == 1 ? $"1 {one}" : $"{count} {many ?? one + "s"}";

    private static async Task<int> SayAsync(TextWriter output, int code, string sentence)
    {
        await output.WriteLineAsync(sentence);
        return code;
    }
}
