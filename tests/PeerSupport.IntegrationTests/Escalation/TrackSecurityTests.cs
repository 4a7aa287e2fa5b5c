using System.Reflection;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.Sealing;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>What a stolen or altered database shows of a track: nothing, in one sentence; and what its opener may see by the types alone.</summary>
public sealed class TrackSecurityTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task S33_Facts_moved_to_another_track_do_not_open_with_their_key_or_without()
    {
        var (first, second) = (await app.GivenTrack(), await app.GivenTrack(peer: "peer2", form: HandOffs.Form(name: "Somebody Else")));
        const string from = "from track_facts s where t.track_id = $1 and s.track_id = $2";
        await app.Superuser("create table facts_before as table track_facts");
        foreach (var moved in new[] { "content = s.content", "wrapped_key = s.wrapped_key, key_epoch = s.key_epoch", "content = s.content, wrapped_key = s.wrapped_key, key_epoch = s.key_epoch" })
        {
            await app.Superuser($"update track_facts t set {moved} {from}", second, first);
            (await Open(second)).ShouldBe(EscalationRefusals.CannotOpen, moved);
            await app.Superuser("update track_facts t set content = s.content, wrapped_key = s.wrapped_key, key_epoch = s.key_epoch from facts_before s where s.track_id = t.track_id");
            (await Open(second)).ShouldBeNull("put back");
        }
    }

    [Fact]
    public async Task S33_The_seal_of_a_support_case_does_not_pass_for_a_tracks()
    {
        var track = await app.GivenTrack();
        await app.GivenHeldCase("peer2");
        await app.Superuser("update track_facts t set content = s.name, wrapped_key = s.wrapped_key, key_epoch = s.key_epoch from sealed_identities s");
        (await Open(track)).ShouldBe(EscalationRefusals.CannotOpen);
    }

    [Theory]
    [InlineData("content")]
    [InlineData("wrapped_key")]
    public async Task S34_A_flipped_bit_anywhere_gives_one_refusal_on_every_way_and_is_no_reading(string column)
    {
        var track = await app.GivenTrack("carver");
        await app.Step("okafor", track, TrackStep.Refer, new StepDetails(NextClinicianId: TestClinicians.Ids["abara"], ConsentGiven: true));
        await using var kept = await KeptTrack.KeepAsync(app, track);
        var (entries, length) = (await kept.EntriesAsync(), (int)(await app.Superuser($"select length({column}) from track_facts"))!);
        foreach (var bit in new[] { 0, (12 * 8) + 3, (28 * 8) + 1, (length * 8) - 1 })
        {
            await app.Superuser($"update track_facts set {column} = set_bit({column}, {bit}, 1 - get_bit({column}, {bit}))");
            (await Open(track)).ShouldBe(EscalationRefusals.CannotOpen, $"bit {bit}");
            (await app.Get<OfficerCopies>().OpenAsync(await app.As("clinician"), track, Token)).Refusal.ShouldBe(EscalationRefusals.CannotOpen);
            await app.Superuser($"update track_facts set {column} = set_bit({column}, {bit}, 1 - get_bit({column}, {bit}))");
        }

        foreach (var cut in new[] { 0, 5, 28, length - 1 })
        {
            await app.Superuser($"update track_facts set {column} = substr({column}, 1, {cut})");
            (await Open(track)).ShouldBe(EscalationRefusals.CannotOpen, $"cut to {cut}");
            await kept.PutBackAsync();
        }

        (await kept.EntriesAsync()).ShouldBe(entries, "what did not open was not read");
        (await Open(track)).ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public async Task S34_Another_epoch_on_the_row_gives_the_same_refusal(int by)
    {
        var track = await app.GivenTrack();
        app.Get<IEpochKeyStore>().Ensure(app.Get<IEpochKeyStore>().List()[^1] + 1); // there is a key one day on
        await app.Superuser("update track_facts set key_epoch = key_epoch + $1", by);
        (await Open(track)).ShouldBe(EscalationRefusals.CannotOpen);
    }

    [Fact]
    public async Task S34_By_link_too_and_the_link_is_not_used_up_by_it()
    {
        var track = await app.GivenTrack("carver");
        var link = (Guid)(await app.Superuser("select id from hand_off_links where track_id = $1", track))!;
        var (token, code) = (app.Get<LinkSecrets>().TokenOf(link), app.Get<LinkSecrets>().CodeOf(link));
        const string flip = "update track_facts set content = set_bit(content, 300, 1 - get_bit(content, 300))";
        await app.Superuser(flip);
        (await app.Get<AnswerByLink>().OpenAsync(token, code, Token)).Refusal.ShouldBe(EscalationRefusals.CannotOpen);
        (await app.Superuser("select count(*) from track_events where kind = 15")).ShouldBe(0L);
        await app.Superuser(flip);
        (await app.Get<AnswerByLink>().OpenAsync(token, code, Token)).Value.Facts.ShouldNotBeNull();
    }

    [Fact]
    public void S35_A_hundred_thousand_seals_of_the_same_facts_share_no_nonce()
    {
        var (sealer, track, facts) = (app.Get<CaseSealer>(), Guid.NewGuid(), HandOffs.Form().Facts);
        HashSet<string> nonces = new(StringComparer.Ordinal);
        for (var n = 0; n < 50_000; n++)
        {
            var made = FactsSeal.Seal(sealer, track, facts);
            nonces.Add(Convert.ToHexString(made.Content.AsSpan(0, 12)));
            nonces.Add(Convert.ToHexString(made.WrappedKey.AsSpan(0, 12)));
        }

        nonces.Count.ShouldBe(100_000);
    }

    [Fact]
    public void The_length_of_a_name_does_not_show()
    {
        var (sealer, track) = (app.Get<CaseSealer>(), Guid.NewGuid());
        FactsSeal.Seal(sealer, track, HandOffs.Form(name: "Li").Facts).Content.Length
            .ShouldBe(FactsSeal.Seal(sealer, track, HandOffs.Form(name: "Bartholomew Featherstone").Facts).Content.Length);
    }

    [Fact]
    public void S02_What_whoever_handed_on_sees_afterwards_has_no_fact_no_clinician_no_state_and_nothing_typed_about_an_officer()
    {
        Type[] shown = [typeof(HandedOn), typeof(HandOnReceipt)];
        var members = shown.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)).ToList();
        members.Select(member => member.Name).Distinct(StringComparer.Ordinal).ShouldBe(
            ["OpenedAt", "AcknowledgedAt", "Declined", "StewardName", "TrackId", "OfficerCode", "LinkCode"], ignoreOrder: true);
        members.Select(member => Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType)
            .ShouldAllBe(type => type == typeof(DateTimeOffset) || type == typeof(bool) || type == typeof(string) || type == typeof(Guid));
    }

    [Fact]
    public void S02_No_view_of_a_list_of_tracks_of_retention_or_of_an_alarm_can_hold_what_an_officer_shared()
    {
        foreach (var view in new[] { typeof(TrackPage), typeof(TrackView), typeof(RetentionOverview), typeof(OfficerView), typeof(LinkView), typeof(HandedOn), typeof(HandOnReceipt), typeof(HandOnCase) })
            Reachable(view, []).ShouldAllBe(type => type != typeof(Confidential) && type != typeof(AgreedFacts), view.Name);
        Reachable(typeof(TrackFile), []).ShouldContain(typeof(Confidential), "else the search finds nothing");
    }

    /// <summary>Every type of the product that can be come to from here through properties.</summary>
    private static HashSet<Type> Reachable(Type from, HashSet<Type> seen)
    {
        foreach (var argument in from.GetGenericArguments())
            Reachable(argument, seen);
        if (from.Namespace?.StartsWith("PeerSupport", StringComparison.Ordinal) != true || !seen.Add(from))
            return seen;
        foreach (var property in from.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            Reachable(property.PropertyType, seen);
        return seen;
    }

    private async Task<Refusal?> Open(Guid track) => (await app.Get<ReadTrack>().OpenAsync(await app.As("clinician"), track, ReadReason.OpenedTrack, Token)).Refusal;
}
