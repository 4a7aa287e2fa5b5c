using Npgsql;

namespace PeerSupport.DevKit;

/// <summary>
/// One database seen through each login of the product. The app gets the last six; the owner migrates and
/// seeds and is never given to the app.
/// </summary>
public sealed record DatabaseConnections(string Owner, string Accounts, string Board, string Reveal, string Jobs, string Tracks, string Stats)
{
    private const int SmallPool = 12;

    public static DatabaseConnections For(string adminConnectionString, string database, DatabasePasswords passwords)
    {
        return new DatabaseConnections(
            As("owner", passwords.Owner), As("accounts", passwords.Accounts), As("board", passwords.Board),
            As("reveal", passwords.Reveal), As("jobs", passwords.Jobs), As("tracks", passwords.Tracks),
            As("stats", passwords.Stats));

        string As(string login, string password)
        {
            var admin = new NpgsqlConnectionStringBuilder(adminConnectionString);
            return new NpgsqlConnectionStringBuilder
            {
                Host = admin.Host,
                Port = admin.Port,
                SslMode = admin.SslMode,
                Database = database,
                Username = "peersupport_" + login,
                Password = password,
                MaxPoolSize = SmallPool,
            }.ConnectionString;
        }
    }

    /// <summary>Keeps passwords out of logs and failing tests.</summary>
    public override string ToString() => nameof(DatabaseConnections);
}
