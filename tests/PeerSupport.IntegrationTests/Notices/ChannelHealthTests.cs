using Microsoft.EntityFrameworkCore;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Notices.Alerts;
using PeerSupport.Services.People;
using PeerSupport.Services.People.Administration;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Profile;
using PeerSupport.Services.Sealing;
using PeerSupport.Web.Features.Operations;
using PeerSupport.Web.Hosting;

namespace PeerSupport.IntegrationTests.Notices;

/// <summary>A channel counts as working only as long as its far end shows it.</summary>
public sealed class ChannelHealthTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;
    private MailRoom mail = null!;
    private FarEnd farEnd = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(server);
        mail = new MailRoom(app);
        farEnd = new FarEnd();
    }

    public async ValueTask DisposeAsync()
    {
        await farEnd.DisposeAsync();
        await mail.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Beside_refused_mail_a_browser_counts_only_once_it_took_something()
    {
        await GivenMailThatSays("550 5.1.1 No such box");
        await Channels.AddBrowserAsync(await app.As("peer1"), $"{farEnd.Url}wpush/abc", "Firefox", Token);
        (await SilentAsync()).ShouldHaveSingleItem().RefusedAt.ShouldBe(app.Clock.GetUtcNow());
        (await app.Get<PostingChoices>().ReadAsync(await app.As("okafor"), Token)).Value.WithoutChannel.ShouldBe(1, "and of the others nothing is known, which is no alarm");

        (await Channels.TestAsync(await app.As("peer1"), await BrowserAsync(), Token)).Refusal.ShouldBeNull();
        (await SilentAsync()).ShouldBeEmpty();
        (await app.Get<PostingChoices>().ReadAsync(await app.As("okafor"), Token)).Value.WithoutChannel.ShouldBe(0);
    }

    [Fact]
    public async Task A_mailbox_that_says_later_for_two_days_takes_nothing_until_it_takes_something()
    {
        await GivenMailThatSays("452 4.2.2 Mailbox full");
        var first = app.Clock.GetUtcNow();
        (await OwnAsync()).State.ShouldBe(ChannelState.PutOff);
        app.Clock.Advance(Reachability.Patience - TimeSpan.FromMinutes(1));
        await mail.SendWhatIsDue();
        (await SilentAsync()).ShouldBeEmpty();

        app.Clock.Advance(TimeSpan.FromMinutes(6));
        await mail.SendWhatIsDue();
        (await SilentAsync()).ShouldHaveSingleItem().SilentSince.ShouldBe(first, "the first time counts");
        var own = await OwnAsync();
        (own.State, own.Broken, own.DeferredSince).ShouldBe((ChannelState.Silent, true, first));
        (await FileAsync()).ShouldHaveSingleItem().State.ShouldBe(ChannelState.Silent);
        (await app.Get<PostingChoices>().ReadAsync(await app.As("okafor"), Token)).Value.WithoutChannel.ShouldBe(1);

        mail.Fault = null;
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await mail.SendWhatIsDue();
        (await SilentAsync()).ShouldBeEmpty();
        own = await OwnAsync();
        (own.State, own.DeferredSince).ShouldBe((ChannelState.Works, null));
    }

    [Fact]
    public async Task A_case_notice_that_is_put_off_says_so_of_the_mailbox_too()
    {
        mail.Fault = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "452 4.2.2 Mailbox full" : null;
        await app.GivenOpenCase();
        await mail.SendWhatIsDue();
        var alerted = await mail.CountOf("waiting");
        alerted.ShouldBeGreaterThan(0);
        (await app.Superuser("select count(*) from alert_channels where kind = 2 and deferred_since = $1 and taken_at is null", app.Clock.GetUtcNow())).ShouldBe(alerted);
    }

    [Fact]
    public async Task A_browser_that_is_put_off_for_two_days_has_proved_nothing()
    {
        await GivenMailThatSays("550 5.1.1 No such box");
        await Channels.AddBrowserAsync(await app.As("peer1"), $"{farEnd.Url}wpush/abc", "Firefox", Token);
        await Channels.TestAsync(await app.As("peer1"), await BrowserAsync(), Token);
        farEnd.Answer = _ => 503;
        (await Channels.TestAsync(await app.As("peer1"), await BrowserAsync(), Token)).Refusal.ShouldBe(ProfileRefusals.NotSent);
        (await SilentAsync()).ShouldBeEmpty();
        app.Clock.Advance(Reachability.Patience);
        (await SilentAsync()).ShouldHaveSingleItem().Name.ShouldBe("peer1");
        farEnd.Answer = _ => 201;
        await Channels.TestAsync(await app.As("peer1"), await BrowserAsync(), Token);
        (await SilentAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_push_service_that_does_not_let_the_server_in_is_said_to_the_administrator_and_to_the_peer(int status)
    {
        await GivenMailThatSays("550 5.1.1 No such box");
        await Channels.AddBrowserAsync(await app.As("peer1"), $"{farEnd.Url}wpush/abc", "Firefox", Token);
        await Channels.TestAsync(await app.As("peer1"), await BrowserAsync(), Token);
        (await RowAsync("Push services let this server in")).Good.ShouldBe(true);

        farEnd.Answer = _ => status;
        (await Channels.TestAsync(await app.As("peer1"), await BrowserAsync(), Token)).Refusal.ShouldBe(ProfileRefusals.NotLetIn);
        var row = await RowAsync("Push services let this server in");
        row.Good.ShouldBe(false);
        row.Value.ShouldContain("push.key was lost or changed");
        (await OwnAsync(1)).State.ShouldBe(ChannelState.Denied);
        (await SilentAsync()).ShouldHaveSingleItem().Name.ShouldBe("peer1", "at once: no alert gets through");

        farEnd.Answer = _ => 201;
        await Channels.TestAsync(await app.As("peer1"), await BrowserAsync(), Token);
        (await RowAsync("Push services let this server in")).Good.ShouldBe(true);
        (await OwnAsync(1)).State.ShouldBe(ChannelState.Works);
        (await SilentAsync()).ShouldBeEmpty();
        (await app.Get<PushOverview>().ReadAsync(await app.As("peer1"), Token)).Succeeded.ShouldBeFalse("nobody else reads it");
    }

    [Fact]
    public async Task A_browser_that_was_turned_on_under_another_key_is_named_before_an_alert_is_lost()
    {
        await GivenMailThatSays("550 5.1.1 No such box");
        await Channels.AddBrowserAsync(await app.As("peer1"), $"{farEnd.Url}wpush/abc", "Firefox", Token);
        await Channels.TestAsync(await app.As("peer1"), await BrowserAsync(), Token);
        await app.Get<PushKeyCheck>().RunAsync(Token);
        (await OwnAsync(1)).State.ShouldBe(ChannelState.Works);
        (await RowAsync("Browsers turned on under another push.key")).Good.ShouldBe(true);
        (await SilentAsync()).ShouldBeEmpty();

        File.Delete(Path.Combine(app.KeyDirectory, VapidKeys.FileName));
        await using var restarted = TestApp.Build(app.Connections, app.KeyDirectory, app.Clock);
        T Get<T>() where T : notnull => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<T>(restarted);
        await Get<PushKeyCheck>().RunAsync(Token);
        (await Get<AlertChannels>().ListAsync(await app.As("peer1"), Token)).Value.Channels[1].State.ShouldBe(ChannelState.OtherKey);
        (await SilentAsync()).ShouldHaveSingleItem().Name.ShouldBe("peer1");
        var view = (await Get<PushOverview>().ReadAsync(await app.As("administrator"), Token)).Value;
        (view.Denied, view.OtherKey).ShouldBe((0, 1));

        // Turned on again, under the key of now.
        await Get<AlertChannels>().AddBrowserAsync(await app.As("peer1"), $"{farEnd.Url}wpush/abc", "Firefox", Token);
        (await Get<AlertChannels>().ListAsync(await app.As("peer1"), Token)).Value.Channels[1].State.ShouldBe(ChannelState.Untried, "it has to prove itself anew");
        (await SilentAsync()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_browser_with_another_address_takes_the_place_of_the_one_its_owner_turned_on_and_of_no_other()
    {
        var (owner, other) = (await app.As("peer1"), await app.As("peer2"));
        await Channels.AddBrowserAsync(owner, $"{farEnd.Url}wpush/old", "Firefox", Token);
        (await Channels.RenewBrowserAsync(other, $"{farEnd.Url}wpush/old", $"{farEnd.Url}wpush/new", Token)).Refusal.ShouldBe(ProfileRefusals.NotFound);
        (await Channels.RenewBrowserAsync(owner, $"{farEnd.Url}wpush/other", $"{farEnd.Url}wpush/new", Token)).Refusal.ShouldBe(ProfileRefusals.NotFound);
        (await Channels.RenewBrowserAsync(owner, $"{farEnd.Url}wpush/old", "https://evil.example/x", Token)).Refusal.ShouldBe(ProfileRefusals.AddressNotAllowed);
        (await Channels.RenewBrowserAsync(await app.As("okafor"), $"{farEnd.Url}wpush/old", $"{farEnd.Url}wpush/new", Token)).Refusal.ShouldBe(ProfileRefusals.NotFound);
        (await Targets()).ShouldBe("/wpush/old");

        (await Channels.RenewBrowserAsync(owner, $"{farEnd.Url}wpush/old", $"{farEnd.Url}wpush/new", Token)).Refusal.ShouldBeNull();
        (await Channels.RenewBrowserAsync(owner, $"{farEnd.Url}wpush/old", $"{farEnd.Url}wpush/new", Token)).Refusal.ShouldBeNull("told twice is told once");
        (await Targets()).ShouldBe("/wpush/new");
        var renewed = await OwnAsync(1);
        (renewed.Name, renewed.State).ShouldBe(("Firefox", ChannelState.Untried));
        (await Channels.ListAsync(owner, Token)).Value.Browsers.ShouldHaveSingleItem().ShouldBe(AlertChannels.MarkOf($"{farEnd.Url}wpush/new"));

        async Task<string> Targets() => (string)(await app.Superuser("select string_agg(replace(target, $1, '/'), ',') from alert_channels", farEnd.Url.AbsoluteUri))!;
    }

    [Fact]
    public async Task What_a_channel_is_called_and_who_counts_as_reached_by_it_never_differ()
    {
        var now = app.Clock.GetUtcNow();
        const string Ways =
            """
            with times as (select unnest(array[null, $1, $2]::timestamptz[]) as at), ways as (
                select row_number() over () as n, t.at as taken, r.at as refused, f.at as deferred, d.at as denied from times t, times r, times f, times d)
            insert into alert_channels (id, person_id, kind, target, name, added_at, taken_at, refused_at, deferred_since, denied_at)
            select gen_random_uuid(), p.id, {0}, '', 'x', $2, taken, refused, deferred, {1} from ways join people p on p.display_name = 'peer' || n
            """;
        async Task Plant(int kind, string denied) => await app.Superuser(string.Format(null, Ways, kind, denied), now.AddHours(-72), now.AddHours(-1));
        await Plant(2, "null");
        await ShouldAgree(channel => channel.StateOf(now, null).IsBroken());
        await app.Superuser("update alert_channels set taken_at = null, refused_at = $1, deferred_since = null", now);
        await Plant(3, "denied");
        await ShouldAgree(channel => channel.TakenAt is null || channel.StateOf(now, null).IsBroken());

        async Task ShouldAgree(Func<AlertChannel, bool> nothingBy)
        {
            await using var work = await app.Get<Database>().BeginAsync(DatabaseRole.Accounts, await app.As("administrator"), Token);
            var last = await work.Context.AlertChannels.MaxAsync(channel => channel.Kind, Token);
            var channels = await work.Context.AlertChannels.AsNoTracking().Where(channel => channel.Kind == last).ToListAsync(Token);
            channels.Count.ShouldBe(81);
            channels.ConvertAll(nothingBy.Invoke).Distinct().Count().ShouldBe(2);
            (await work.Context.WithoutWorkingChannel(now).ToListAsync(Token)).ShouldBe(channels.Where(nothingBy).Select(channel => channel.PersonId), ignoreOrder: true);
        }
    }

    private AlertChannels Channels => app.Get<AlertChannels>();

    private async Task GivenMailThatSays(string answer)
    {
        mail.Fault = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? answer : null;
        await Channels.TestAsync(await app.As("peer1"), Guid.Empty, Token);
        await mail.SendWhatIsDue();
    }

    private async Task<Guid> BrowserAsync() => (Guid)(await app.Superuser("select id from alert_channels where kind = 3"))!;

    private async Task<OwnChannel> OwnAsync(int which = 0) => (await Channels.ListAsync(await app.As("peer1"), Token)).Value.Channels[which];

    private async Task<IReadOnlyList<UnreachableRow>> SilentAsync() => (await app.Get<AgencyKeeping>().ChannelsAsync(await app.As("administrator"), 1, Token)).Value.Unreachable;

    private async Task<IReadOnlyList<ChannelLine>> FileAsync() => (await app.Get<PeopleList>().FindAsync(await app.As("administrator"), TestPeople.Ids["peer1"], 1, Token)).Value.Channels;

    private async Task<OperationsRow> RowAsync(string what)
    {
        var administrator = await app.As("administrator");
        var page = new OperationsReading(app.Get<SealingOverview>(), new MailHealth(), app.Get<PushOverview>(), app.Get<Readiness>(), app.Clock);
        return (await page.ReadAsync(_ => Task.FromResult<Actor?>(administrator), Token)).Groups!.SelectMany(group => group.Rows).Single(row => row.What == what);
    }
}
