using System.Net.Sockets;
using Npgsql;

namespace PeerSupport.Services.Persistence;

/// <summary>Tells a database that cannot be reached from a defect.</summary>
public static class DatabaseFault
{
    /// <summary>True when the database is down, starting, out of connections or too slow: trying later may help.</summary>
    public static bool IsUnavailable(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException refused)
                // 57: operator intervention (shutdown, starting up); 53: out of resources; 08: connection; 28: a login not ready.
                return refused.SqlState[..2] is "57" or "53" or "08" or "28";
            if (cause is NpgsqlException or SocketException or TimeoutException)
                return true;
        }

        return false;
    }
}
