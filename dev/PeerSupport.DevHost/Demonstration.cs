using PeerSupport.DevKit;
using PeerSupport.DevKit.Demonstration;

namespace PeerSupport.DevHost;

/// <summary>The one place where made-up people enter a database.</summary>
internal static class Demonstration
{
    public static async Task SeedAsync(DatabaseConnections databases, string keyDirectory, Action<string> say, CancellationToken cancellationToken)
    {
        say("Demonstration people: psychologist1@demo.test, peer1@demo.test to peer12@demo.test, clinician1, coordinator1, admin1.");
        await DemonstrationData.SeedAsync(databases, keyDirectory, cancellationToken);
    }
}
