using System.Globalization;
using PeerSupport.DevKit;

namespace PeerSupport.DevHost;

internal enum DevHostCommand
{
    Serve,
    Seed,
    Help,
}

/// <summary>What was asked for on the command line.</summary>
internal sealed record DevHostOptions(DevHostCommand Command, bool Fresh, int Port, string? Folder)
{
    public const string Help = """
        Runs PeerSupport on this machine: a private PostgreSQL, a mail server that sends nothing on, made-up people, the web app.

          dotnet run --project dev/PeerSupport.DevHost [-- options]

          --fresh     begin again: deletes the database, the keys and the mail of earlier runs
          --port N    where the app answers (5080); the mail inbox is at the next port
          --folder F  where data, keys and mail are kept (.local in the repository)
          --help      this text

          seed        prepare and fill the database named by ConnectionStrings__PeerSupport, then end

        ConnectionStrings__PeerSupport, if set, names the PostgreSQL to use instead of a private one. Its login must be able to
        make databases and roles.
        """;

    private const int UsualPort = 5080;
    private const int LastPort = 65534;

    public int InboxPort => Port + 1;

    public static DevHostOptions Read(IReadOnlyList<string> arguments)
    {
        var options = new DevHostOptions(DevHostCommand.Serve, Fresh: false, UsualPort, Folder: null);
        for (var at = 0; at < arguments.Count; at++)
            options = arguments[at] switch
            {
                "--help" or "-h" or "-?" => options with { Command = DevHostCommand.Help },
                "--fresh" => options with { Fresh = true },
                "--port" => options with { Port = ReadPort(arguments.ElementAtOrDefault(++at)) },
                "--folder" => options with { Folder = arguments.ElementAtOrDefault(++at) ?? throw new DevKitException("--folder wants the name of a folder.") },
                "seed" => options with { Command = DevHostCommand.Seed },
                var unknown => throw new DevKitException($"\"{unknown}\" is not an option. --help lists them."),
            };
        return options;
    }

    private static int ReadPort(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= LastPort
            ? port
            : throw new DevKitException("--port wants a number from 1 to 65534.");
}
