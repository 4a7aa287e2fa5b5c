using System.Globalization;

namespace PeerSupport.DevKit;

/// <summary>What the app is told about the world around it: nothing else decides what it talks to.</summary>
public sealed record AppSettings
{
    /// <summary>Only the app's own logins are handed on; the owner's never.</summary>
    public required DatabaseConnections Databases { get; init; }

    public required int Port { get; init; }

    /// <summary>Where the app keeps the keys that seal identities.</summary>
    public required string KeyDirectory { get; init; }

    public required int MailPort { get; init; }

    public string MailHost { get; init; } = "127.0.0.1";

    public string MailFrom { get; init; } = "PeerSupport <peersupport@localhost>";

    /// <summary>Whether the app says on every page that these people are made up.</summary>
    public bool Demonstration { get; init; }

    /// <summary>The address people type; by default localhost, where browsers allow passkeys without a certificate.</summary>
    public Uri PublicOrigin
    {
        get => field ?? new Uri($"http://localhost:{Port.ToString(CultureInfo.InvariantCulture)}");
        init;
    }

    /// <summary>Further variables, which win over the ones above.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> ToEnvironment()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Accounts"] = Databases.Accounts,
            ["ConnectionStrings__Board"] = Databases.Board,
            ["ConnectionStrings__Reveal"] = Databases.Reveal,
            ["ConnectionStrings__Jobs"] = Databases.Jobs,
            ["ConnectionStrings__Tracks"] = Databases.Tracks,
            ["ConnectionStrings__Stats"] = Databases.Stats,
            ["PeerSupport__PublicOrigin"] = PublicOrigin.GetLeftPart(UriPartial.Authority),
            ["PeerSupport__KeyDirectory"] = KeyDirectory,
            ["PeerSupport__Demonstration"] = Demonstration ? "true" : "false",
            ["Mail__Host"] = MailHost,
            ["Mail__Port"] = MailPort.ToString(CultureInfo.InvariantCulture),
            ["Mail__Security"] = "None",
            ["Mail__From"] = MailFrom,
            ["ASPNETCORE_URLS"] = LoopbackPort.Urls(Port),
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DOTNET_NOLOGO"] = "true",
        };
        foreach (var (name, value) in Extra)
            variables[name] = value;
        return variables;
    }
}
