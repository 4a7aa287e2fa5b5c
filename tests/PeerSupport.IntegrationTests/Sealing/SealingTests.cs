using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.Cases;
using PeerSupport.Services.People;
using PeerSupport.Services.Sealing;

namespace PeerSupport.IntegrationTests.Sealing;

/// <summary>What a stolen or altered database shows: nothing, in one generic sentence.</summary>
public sealed class SealingTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private Actor psychologist = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        psychologist = await app.As("okafor");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_sealed_identity_opens_to_its_own_words()
    {
        var id = await app.GivenOpenCase(form: TestApp.Form(officer: "Zoë Ñandú-Šimić 🚓"));
        var revealed = (await Reveal(id)).Value;
        revealed.Officer.Name.ReadWith(revealed.Grant).ShouldBe("Zoë Ñandú-Šimić 🚓");
        revealed.Officer.Specifics.ReadWith(revealed.Grant).ShouldBe("Has not slept since.");
    }

    [Fact]
    public async Task S33_Ciphertext_moved_to_another_case_or_field_does_not_open()
    {
        var first = await app.GivenOpenCase();
        var second = await app.GivenOpenCase(form: TestApp.Form(officer: "Somebody Else"));
        await app.Superuser("update sealed_identities t set name = s.name from sealed_identities s where t.case_id = $1 and s.case_id = $2", second, first);
        (await Reveal(second)).Refusal.ShouldBe(CaseRefusals.CannotOpen);

        // With its key moved along, it still does not: the key is bound to its case too.
        await app.Superuser(
            "update sealed_identities t set name = s.name, reach = s.reach, \"when\" = s.\"when\", specifics = s.specifics, wrapped_key = s.wrapped_key from sealed_identities s where t.case_id = $1 and s.case_id = $2",
            second, first);
        (await Reveal(second)).Refusal.ShouldBe(CaseRefusals.CannotOpen);

        await app.Superuser("update sealed_identities set name = reach, reach = name where case_id = $1", first);
        (await Reveal(first)).Refusal.ShouldBe(CaseRefusals.CannotOpen);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("reach")]
    [InlineData("\"when\"")]
    [InlineData("specifics")]
    [InlineData("wrapped_key")]
    public async Task S34_A_flipped_bit_anywhere_gives_one_generic_refusal(string column)
    {
        var id = await app.GivenOpenCase();
        var length = (int)(await app.Superuser($"select length({column}) from sealed_identities where case_id = $1", id))!;
        foreach (var bit in new[] { 0, 12 * 8 + 3, 28 * 8 + 1, length * 8 - 1 })
        {
            await app.Superuser($"update sealed_identities set {column} = set_bit({column}, {bit}, 1 - get_bit({column}, {bit})) where case_id = $1", id);
            (await Reveal(id)).Refusal.ShouldBe(CaseRefusals.CannotOpen);
            await app.Superuser($"update sealed_identities set {column} = set_bit({column}, {bit}, 1 - get_bit({column}, {bit})) where case_id = $1", id);
        }

        await app.Superuser($"update sealed_identities set {column} = substr({column}, 1, 5) where case_id = $1", id);
        (await Reveal(id)).Refusal.ShouldBe(CaseRefusals.CannotOpen);
    }

    [Fact]
    public void S35_A_hundred_thousand_nonces_are_unique()
    {
        using var key = app.Get<CaseSealer>().NewKey(Guid.NewGuid());
        var words = Confidential.From("the same words every time");
        var nonces = Enumerable.Range(0, 100_000).Select(_ => Convert.ToHexString(key.Seal("name", words).AsSpan(0, 12))).ToHashSet(StringComparer.Ordinal);
        nonces.Count.ShouldBe(100_000);
    }

    [Fact]
    public void The_length_of_a_name_does_not_show()
    {
        using var key = app.Get<CaseSealer>().NewKey(Guid.NewGuid());
        key.Seal("name", Confidential.From("Li")).Length.ShouldBe(key.Seal("name", Confidential.From("Bartholomew Featherstonehaugh")).Length);
    }

    private async Task<Domain.Result<RevealedIdentity>> Reveal(Guid id) =>
        await app.Get<RevealIdentity>().RevealAsync(psychologist, id, TestApp.FreshlySignedIn(psychologist), disclaimerRead: false, Token);
}
