using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Services.People;

namespace PeerSupport.IntegrationTests.People;

/// <summary>The keys of cookies.</summary>
public sealed class CookieKeyTests(TestServer server) : IAsyncLifetime
{
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task S40_A_copy_of_the_database_without_the_key_directory_mints_and_opens_nothing()
    {
        var cookie = Protector(app.Get<IDataProtectionProvider>()).Protect("who signed in");
        ((string)(await app.Superuser("select string_agg(xml, '') from data_protection_keys"))!).ShouldContain("EncryptedData");
        ((string)(await app.Superuser("select string_agg(xml, '') from data_protection_keys"))!).ShouldNotContain("<masterKey");

        // A thief's machine: the same database, the same program, another key directory.
        var elsewhere = Directory.CreateTempSubdirectory("peersupport-thief-").FullName;
        try
        {
            await using var thief = TestApp.Build(app.Connections, elsewhere, app.Clock);
            var theirs = Protector(thief.GetRequiredService<IDataProtectionProvider>());
            Should.Throw<CryptographicException>(() => theirs.Unprotect(cookie));
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    [Fact]
    public async Task Another_node_with_the_key_directory_reads_the_same_cookies()
    {
        var cookie = Protector(app.Get<IDataProtectionProvider>()).Protect("who signed in");
        await using var node = TestApp.Build(app.Connections, app.KeyDirectory, app.Clock);
        Protector(node.GetRequiredService<IDataProtectionProvider>()).Unprotect(cookie).ShouldBe("who signed in");
    }

    [Fact]
    public void Many_nodes_that_start_at_once_make_one_certificate_which_only_the_app_may_read()
    {
        var directory = Directory.CreateTempSubdirectory("peersupport-nodes-").FullName;
        try
        {
            var made = new System.Collections.Concurrent.ConcurrentBag<string>();
            Parallel.For(0, 6, _ => made.Add(SignInCertificate.LoadOrCreate(directory).Thumbprint));
            made.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
            var file = Directory.EnumerateFiles(directory).ShouldHaveSingleItem();
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static IDataProtector Protector(IDataProtectionProvider provider) => provider.CreateProtector("a cookie");
}
