using PeerSupport.DevKit.Demonstration;

namespace PeerSupport.DevKit;

/// <summary>
/// The whole product running for a test or a measurement: a database of its own with the demonstration people and
/// cases, a mail sink, and the app as its own process.
/// </summary>
public sealed class RunningApp : IAsyncDisposable
{
    private readonly PostgresForTests postgres;
    private readonly string database;
    private readonly string folder;
    private int starts;

    private RunningApp(PostgresForTests postgres, string database, string folder, AppSettings settings, SmtpSink mail)
    {
        (this.postgres, this.database, this.folder, Settings, Mail) = (postgres, database, folder, settings, mail);
    }

    public AppSettings Settings { get; private set; }
    public SmtpSink Mail { get; }

    /// <summary>The process; another one after <see cref="StartAgainAsync"/>.</summary>
    public AppProcess Process { get; private set; } = null!;
    public Uri Url => Process.Url;
    public PostgresForTests Postgres => postgres;
    public string Database => database;

    /// <summary>Everything this installation writes outside the database: keys, mail, logs.</summary>
    public string Folder => folder;

    /// <summary>Log of every start so far.</summary>
    public IReadOnlyList<string> LogFiles => [.. Directory.EnumerateFiles(folder, "app-*.log").Order(StringComparer.Ordinal)];

    /// <summary>Prepares everything and returns when the app is ready.</summary>
    /// <param name="postgres">The server to make a database on.</param>
    /// <param name="change">Changes what the app is told.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<RunningApp> StartAsync(PostgresForTests postgres, Func<AppSettings, AppSettings>? change = null, CancellationToken cancellationToken = default)
    {
        var place = Directory.CreateTempSubdirectory("peersupport-app-").FullName;
        var name = $"peersupport_app_{Guid.NewGuid():N}";
        var connections = await DevDatabase.PrepareAsync(postgres.AdminConnectionString(), name, postgres.Passwords, cancellationToken);
        var keys = TestKeys.In(Path.Combine(place, "keys"));
        await DemonstrationData.SeedAsync(connections, keys, cancellationToken);
        var mail = SmtpSink.Start(new SmtpSinkOptions(Folder: Path.Combine(place, "mail")));
        var settings = new AppSettings { Databases = connections, Port = LoopbackPort.Free(), KeyDirectory = keys, MailPort = mail.Port, Demonstration = true };
        var app = new RunningApp(postgres, name, place, change?.Invoke(settings) ?? settings, mail);
        try
        {
            await app.StartAgainAsync(cancellationToken: cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the app after it was stopped or killed, on the same port and data.</summary>
    public async Task StartAgainAsync(Func<AppSettings, AppSettings>? change = null, CancellationToken cancellationToken = default)
    {
        Settings = change?.Invoke(Settings) ?? Settings;
        Process = await AppProcess.StartAsync(Settings, Path.Combine(folder, $"app-{++starts:D2}.log"), cancellationToken);
    }

    /// <summary>A second node on the same data.</summary>
    public Task<AppProcess> StartAnotherNodeAsync(CancellationToken cancellationToken = default)
    {
        var port = LoopbackPort.Free();
        return AppProcess.StartAsync(Settings with { Port = port, PublicOrigin = new Uri($"http://localhost:{port}") },
            Path.Combine(folder, $"app-node-{port}.log"), cancellationToken);
    }

    /// <summary>Somebody without an account, or not signed in yet.</summary>
    public PageClient Visitor() => new(Url);

    /// <summary>Somebody signed in, such as "peer1".</summary>
    public async Task<PageClient> SignedInAsync(string login, CancellationToken cancellationToken = default)
    {
        var client = Visitor();
        await client.SignInAsync($"{login}@demo.test", DemonstrationPeople.Password, cancellationToken);
        return client;
    }

    /// <summary>Runs SQL as the server's administrator, past every lock: what a test plants or checks.</summary>
    public async Task<object?> SqlAsync(string sql, params object[] parameters)
    {
        await using var connection = new Npgsql.NpgsqlConnection(postgres.AdminConnectionString(database));
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = parameter });
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
            await Process.DisposeAsync();
        await Mail.DisposeAsync();
        Npgsql.NpgsqlConnection.ClearAllPools();
        await postgres.DropDatabaseAsync(database);
        Directory.Delete(folder, recursive: true);
    }
}
