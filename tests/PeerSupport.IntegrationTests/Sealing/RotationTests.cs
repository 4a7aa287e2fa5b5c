using Microsoft.Extensions.Configuration;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Notices;
using PeerSupport.Services.Notices.Alerts;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using PeerSupport.Services.Sealing;
using PeerSupport.Web.Features.Operations;

namespace PeerSupport.IntegrationTests.Sealing;

/// <summary>The daily rotation: what is open stays readable whatever happens, what is closed does not.</summary>
public sealed class RotationTests(TestServer server) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task An_open_case_outlives_every_rotation_and_old_keys_go()
    {
        var id = await app.GivenOpenCase();
        var first = app.Get<IEpochKeyStore>().List().Single();
        await DaysPass(12);
        app.Get<IEpochKeyStore>().List().ShouldBe(Enumerable.Range(first + 12 - 7, 8));
        (await NameIn(id)).ShouldBe("Daniel Reyes");
    }

    [Fact]
    public async Task A_draft_outlives_every_rotation_under_the_key_of_the_day()
    {
        var psychologist = await app.As("okafor");
        (await app.Get<Drafts>().SaveAsync(psychologist, TestApp.Form("Half Typed"), Token)).Succeeded.ShouldBeTrue();
        var first = app.Get<IEpochKeyStore>().List().Single();
        await DaysPass(12);
        app.Get<IEpochKeyStore>().List().ShouldNotContain(first);
        (await app.Superuser("select key_epoch from case_drafts")).ShouldBe(first + 12);
        psychologist = await app.As("okafor");
        var opened = (await app.Get<Drafts>().OpenAsync(psychologist, TestApp.FreshlySignedIn(psychologist), Token)).Value;
        opened.Officer.Name.Unsealed.ShouldBe("Half Typed");
    }

    [Fact]
    public async Task S37_A_case_closed_today_is_unreadable_in_every_backup_after_the_window()
    {
        var id = await app.GivenHeldCase("peer1");
        await app.Superuser("create table backup_cases as table support_cases");
        await app.Superuser("create table backup_identities as table sealed_identities");
        (await app.Get<CloseCase>().CloseAsync(await app.As("peer1"), id, CaseOutcome.Supported, Token)).Refusal.ShouldBeNull();

        await DaysPass(7);
        await RestoreBackup();
        (await NameIn(id)).ShouldBe("Daniel Reyes", "the backup holds it, and its key is still within the window");
        await app.Superuser("delete from support_cases");

        await DaysPass(1);
        await RestoreBackup();
        (await NameIn(id)).ShouldBeNull();
    }

    [Fact]
    public async Task S38_A_crash_at_any_step_of_the_rotation_loses_no_open_case()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Add(await app.GivenOpenCase(form: TestApp.Form($"Officer {i}")));
        var crashes = 0;
        for (var step = 0; ; step++)
        {
            app.Clock.Advance(TimeSpan.FromDays(1));
            var keys = new CrashingKeys(app.Get<IEpochKeyStore>(), step);
            try
            {
                await Rotation(keys).RunAsync(Token);
                break;
            }
            catch (PowerCutException)
            {
                crashes++;
            }

            for (var i = 0; i < ids.Count; i++)
                (await NameIn(ids[i])).ShouldBe($"Officer {i}");
        }

        crashes.ShouldBeGreaterThan(15); // before and after the new key, at both keys of every row, at the list, around each destroyed key
        await app.Get<EpochRotation>().RunAsync(Token);
        (await app.Superuser("select count(distinct key_epoch) from sealed_identities")).ShouldBe(1L);
        (await NameIn(ids[0])).ShouldBe("Officer 0");
    }

    [Fact]
    public async Task S38_A_database_that_dies_in_the_middle_of_a_batch_loses_no_open_case()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 4; i++)
            ids.Add(await app.GivenOpenCase(form: TestApp.Form($"Officer {i}")));
        await app.Superuser("create sequence updates; grant usage on sequence updates to public");
        await app.Superuser(
            """
            create function die() returns trigger language plpgsql security definer as
            'begin if nextval(''updates'') = 3 then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end'
            """);
        await app.Superuser("create trigger die before update on sealed_identities for each row execute function die()");
        app.Clock.Advance(TimeSpan.FromDays(1));
        await Should.ThrowAsync<Exception>(() => app.Get<EpochRotation>().RunAsync(Token));
        foreach (var id in ids)
            (await NameIn(id)).ShouldNotBeNull();
        (await app.Get<EpochRotation>().RunAsync(Token)).Complete.ShouldBeTrue();
        foreach (var id in ids)
            (await NameIn(id)).ShouldNotBeNull();
    }

    [Fact]
    public async Task One_altered_row_holds_up_no_other_and_its_key_is_kept()
    {
        var broken = await app.GivenOpenCase(form: TestApp.Form("Broken"));
        var sound = await app.GivenOpenCase(form: TestApp.Form("Sound"));
        var first = app.Get<IEpochKeyStore>().List().Single();
        await app.Superuser("update sealed_identities set wrapped_key = set_bit(wrapped_key, 300, 1 - get_bit(wrapped_key, 300)) where case_id = $1", broken);
        for (var day = 0; day < 10; day++)
        {
            app.Clock.Advance(TimeSpan.FromDays(1));
            (await app.Get<EpochRotation>().RunAsync(Token)).ShouldBe(new RotationOutcome(Complete: true, SomeBroken: true));
        }

        app.Get<IEpochKeyStore>().List().ShouldBe([first, .. Enumerable.Range(first + 3, 8)]);
        (await NameIn(sound)).ShouldBe("Sound");
        (await NameIn(broken)).ShouldBeNull();
        await app.Superuser("update sealed_identities set wrapped_key = set_bit(wrapped_key, 300, 1 - get_bit(wrapped_key, 300)) where case_id = $1", broken);
        (await NameIn(broken)).ShouldBe("Broken");
    }

    [Fact]
    public async Task A_row_another_node_is_at_is_not_forgotten()
    {
        var id = await app.GivenOpenCase();
        app.Clock.Advance(TimeSpan.FromDays(1));
        await using (var elsewhere = await app.Get<Database>().BeginJobAsync("rotation", Token))
        {
            await TestSql.LockIdentitiesAsync(elsewhere);
            (await app.Get<EpochRotation>().RunAsync(Token)).Complete.ShouldBeFalse();
        }

        (await app.Get<EpochRotation>().RunAsync(Token)).Complete.ShouldBeTrue();
        (await NameIn(id)).ShouldBe("Daniel Reyes");
    }

    [Fact]
    public async Task A_draft_outlives_every_rotation_too()
    {
        var actor = await app.As("okafor");
        (await app.Get<Drafts>().SaveAsync(actor, TestApp.Form("Half Typed"), Token)).Succeeded.ShouldBeTrue();
        await DaysPass(10);
        var again = await app.As("okafor");
        (await app.Get<Drafts>().OpenAsync(again, TestApp.FreshlySignedIn(again), Token)).Value.Officer.Name.Unsealed.ShouldBe("Half Typed");
    }

    [Fact]
    public async Task Counts_of_posted_cases_are_forgotten_when_they_no_longer_tell_what_is_rare()
    {
        foreach (var month in new[] { "2025-11-01", "2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01" })
            await app.Superuser("insert into posted_counts (region_id, situation_type_id, month, count) values ($1, 103, $2::date, 4)", TestPeople.Region, DateOnly.Parse(month, System.Globalization.CultureInfo.InvariantCulture));
        await DaysPass(1);
        (await Months()).ShouldBe("2026-09-01,2026-10-01,2026-11-01");
        await DaysPass(21);
        (await Months()).ShouldBe("2026-09-01,2026-10-01,2026-11-01", "it is still November in the west");
        await DaysPass(1);
        (await Months()).ShouldBe("2026-10-01,2026-11-01");

        async Task<string> Months() => (string)(await app.Superuser("select string_agg(month::text, ',' order by month) from posted_counts"))!;
    }

    [Fact]
    public async Task The_operator_reads_that_something_sealed_does_not_open()
    {
        var broken = await app.GivenOpenCase();
        var page = new OperationsReading(app.Get<SealingOverview>(), new MailHealth(), app.Get<PushOverview>(), app.Get<Readiness>(), app.Clock);
        var administrator = await app.As("administrator");
        (await Row("Sealed rows that do not open")).ShouldBe(new OperationsRow("Sealed rows that do not open", "Not looked yet"));
        (await Row("Mail goes out")).ShouldBe(new OperationsRow("Mail goes out", "Not tried yet"), "nothing was sent yet");
        await DaysPass(1);
        (await Row("Sealed rows that do not open")).Good.ShouldBe(true);

        await app.Superuser("update sealed_identities set wrapped_key = set_bit(wrapped_key, 300, 1 - get_bit(wrapped_key, 300)) where case_id = $1", broken);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.Get<EpochRotation>().RunAsync(Token);
        (await Row("Sealed rows that do not open")).Good.ShouldBe(false);

        async Task<OperationsRow> Row(string what) =>
            (await page.ReadAsync(_ => Task.FromResult<Services.People.Actor?>(administrator), Token)).Groups!.SelectMany(group => group.Rows).Single(row => row.What == what);
    }

    private EpochRotation Rotation(IEpochKeyStore keys) => new(app.Get<Database>(), new CaseSealer(keys), keys, app.Clock, app.Get<IConfiguration>());

    private async Task DaysPass(int days)
    {
        for (var day = 0; day < days; day++)
        {
            app.Clock.Advance(TimeSpan.FromDays(1));
            (await app.Get<EpochRotation>().RunAsync(Token)).ShouldBe(new RotationOutcome(Complete: true, SomeBroken: false));
        }
    }

    private async Task RestoreBackup()
    {
        await app.Superuser("insert into support_cases select * from backup_cases");
        await app.Superuser("insert into sealed_identities select * from backup_identities");
    }

    /// <summary>What the psychologist can read now; null when it does not open.</summary>
    private async Task<string?> NameIn(Guid id)
    {
        var psychologist = await app.As("okafor");
        var result = await app.Get<RevealIdentity>().RevealAsync(psychologist, id, TestApp.FreshlySignedIn(psychologist), disclaimerRead: false, Token);
        if (result.Refusal is { } refusal)
        {
            refusal.ShouldBe(CaseRefusals.CannotOpen);
            return null;
        }

        return result.Value.Officer.Name.ReadWith(result.Value.Grant);
    }
}
