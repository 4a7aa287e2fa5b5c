using Microsoft.EntityFrameworkCore;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;

namespace PeerSupport.IntegrationTests.Sealing;

internal sealed class PowerCutException : Exception;

/// <summary>Dies before or after one step that touches a key, whichever comes at the given number.</summary>
internal sealed class CrashingKeys(IEpochKeyStore keys, int dieAt) : IEpochKeyStore
{
    private int step;

    public IReadOnlyList<int> List()
    {
        Live();
        return keys.List();
    }

    public byte[] Get(int epoch)
    {
        Live();
        return keys.Get(epoch);
    }

    public void Ensure(int epoch)
    {
        Live();
        keys.Ensure(epoch);
        Live();
    }

    public void Destroy(int epoch)
    {
        Live();
        keys.Destroy(epoch);
        Live();
    }

    private void Live()
    {
        if (step++ == dieAt)
            throw new PowerCutException();
    }
}

internal static class TestSql
{
    /// <summary>Holds every sealed row until the work is disposed.</summary>
    public static Task LockIdentitiesAsync(Work work) =>
        work.Context.Database.SqlQuery<Guid>($"select case_id as \"Value\" from sealed_identities for update").ToListAsync();
}
