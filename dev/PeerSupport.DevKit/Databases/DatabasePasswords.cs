using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace PeerSupport.DevKit;

/// <summary>The passwords of the product's seven logins. Logins belong to a whole server, so these do too.</summary>
public sealed record DatabasePasswords(string Owner, string Accounts, string Board, string Reveal, string Jobs, string Tracks, string Stats)
{
    /// <summary>
    /// Made from the administrator's password: whoever starts on the same server, now or later, arrives at the same
    /// ones, and nothing has to be kept.
    /// </summary>
    /// <exception cref="DevKitException">There is none: made from nothing, anybody could make them too.</exception>
    public static DatabasePasswords DerivedFrom(string adminConnectionString)
    {
        var password = new NpgsqlConnectionStringBuilder(adminConnectionString).Password
            ?? Environment.GetEnvironmentVariable("PGPASSWORD");
        if (string.IsNullOrEmpty(password))
            throw new DevKitException("ConnectionStrings__PeerSupport holds no password, and the passwords of the product's logins are made from it. Give one there or in PGPASSWORD.");
        var key = Encoding.UTF8.GetBytes(password);
        return new DatabasePasswords(For("owner"), For("accounts"), For("board"), For("reveal"), For("jobs"), For("tracks"), For("stats"));

        string For(string login) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("peersupport " + login)))[..48];
    }

    /// <summary>Keeps passwords out of logs and failing tests.</summary>
    public override string ToString() => nameof(DatabasePasswords);
}
