using Microsoft.Extensions.Configuration;
using PeerSupport.Services.People.Administration;

namespace PeerSupport.IntegrationTests.People.Administration;

/// <summary>The first people of an installation.</summary>
public sealed class FirstPeopleTests(TestServer server) : IAsyncLifetime
{
    private static readonly string[] Two = ["--agency", "Harlan Bay", "--administrator", "one@x.example", "One", "--administrator", "two@x.example", "Two"];
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Two_administrators_come_into_an_empty_installation_with_letters_and_only_once()
    {
        await app.Superuser("truncate regions cascade");
        var (code, said) = await Run(Two);
        code.ShouldBe(0, said);
        said.ShouldContain("one@x.example");
        (await app.Superuser("select count(*) from role_grants where role = 5")).ShouldBe(2L);
        (await app.Superuser("select count(*) from messages m join invitations i on i.id = m.invitation_id where m.kind = 22")).ShouldBe(2L);
        (await app.Superuser("select relforcerowsecurity from pg_class where relname = 'messages'")).ShouldBe(true, "the lock is on again");
        (await app.Superuser("select count(*) from disclaimer_versions")).ShouldBe(1L);
        (await Run(Two)).Code.ShouldBe(1);
        (await app.Superuser("select count(*) from people")).ShouldBe(2L);
    }

    [Fact]
    public async Task Where_there_are_people_nothing_is_done()
    {
        var (code, said) = await Run(Two);
        code.ShouldBe(1);
        said.ShouldContain("There are people already");
    }

    public static TheoryData<string[]> WrongWords() => new(
        [], ["--agency"], Two[..5], [.. Two, "--chief", "x"], [.. Two[..6], "one@x.example", "Two"], [.. Two[..6], "no address", "Two"], [.. Two, "--time-zone", "Mars/Base"], [.. Two, "--language", "fr"]);

    [Theory]
    [MemberData(nameof(WrongWords))]
    public async Task Wrong_words_are_explained(string[] words)
    {
        var (code, said) = await Run(words);
        code.ShouldBe(2);
        said.ShouldNotBeEmpty();
    }

    private async Task<(int Code, string Said)> Run(string[] words)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings:PeerSupport"] = app.Connections.Owner }).Build();
        await using var output = new StringWriter();
        var code = await FirstPeopleCommand.RunAsync(configuration, words, app.Clock, output, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}
