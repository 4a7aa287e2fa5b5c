using PeerSupport.Domain.Escalation;
using PeerSupport.Services.Escalation;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>The clinician directory: who keeps it, who reads it, and what only a psychologist may change in it.</summary>
public sealed class DirectoryTests(TestServer server) : IAsyncLifetime
{
    private static readonly ClinicianForm Form = new(
        "Dr. New", "Psychologist, WA PY 60300001", true, null, null, "206-555-0150", "new@practice.example", [Speciality.Grief], ["en", "es"], Distance.AnHour, false, true, false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(server);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("okafor")]
    [InlineData("administrator")]
    public async Task Psychologist_and_administrator_keep_it(string name)
    {
        var keeper = await app.As(name);
        var keeping = app.Get<ClinicianDirectoryKeeping>();
        var id = (await keeping.AddAsync(keeper, Form, Token)).Value.ClinicianId!.Value;
        (await keeping.ChangeAsync(keeper, id, Form with { Accepting = false, Distance = Distance.TelehealthOnly }, Token)).Value.Problems.ShouldBeEmpty();

        var entry = (await app.Get<ClinicianDirectory>().FindAsync(keeper, id, Token)).Value;
        entry.Accepting.ShouldBeFalse();
        entry.Public.Telehealth.ShouldBeTrue("by video or phone only");
        entry.Public.VerifyDue.ShouldBeTrue("nobody has checked it");

        (await keeping.SetActiveAsync(keeper, id, false, Token)).Succeeded.ShouldBeTrue();
        (await app.Get<ClinicianDirectory>().ReadAsync(keeper, new ClinicianFilter("Dr. New"), true, 1, Token)).Value.Total.ShouldBe(0);
        (await app.Get<ClinicianDirectory>().ReadAsync(keeper, new ClinicianFilter("Dr. New"), false, 1, Token)).Value.Total.ShouldBe(1);
    }

    [Theory]
    [InlineData("peer1", true)]
    [InlineData("clinician", true)]
    [InlineData("coordinator", false)]
    public async Task S03_Nobody_else_keeps_it_and_only_who_helps_to_choose_reads_it(string name, bool chooses)
    {
        var actor = await app.As(name);
        var (directory, keeping) = (app.Get<ClinicianDirectory>(), app.Get<ClinicianDirectoryKeeping>());
        var abara = TestClinicians.Ids["abara"];
        (await directory.ReadAsync(actor, new ClinicianFilter(), true, 1, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await directory.FindAsync(actor, abara, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await keeping.OptionsAsync(actor, null, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await keeping.AddAsync(actor, Form, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await keeping.ChangeAsync(actor, abara, Form, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await keeping.VerifyAsync(actor, abara, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await keeping.SetActiveAsync(actor, abara, false, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await directory.ChoicesAsync(actor, new ClinicianFilter(), 1, Token)).Succeeded.ShouldBe(chooses);
        (await app.Superuser("select count(*) from clinicians where active and phone = '206-555-0190' and id = $1", abara)).ShouldBe(1L);
    }

    [Fact]
    public async Task Another_regions_entry_does_not_exist()
    {
        var keeper = await app.As("okafor");
        var far = TestClinicians.Ids["far"];
        (await app.Get<ClinicianDirectory>().FindAsync(keeper, far, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await app.Get<ClinicianDirectoryKeeping>().ChangeAsync(keeper, far, Form, Token)).Refusal.ShouldBe(EscalationRefusals.NotFound);
        (await app.Get<ClinicianDirectory>().FindChoiceAsync(keeper, far, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Outside_ones_come_first_and_only_those_who_take_new_people_can_be_chosen()
    {
        var choices = (await app.Get<ClinicianDirectory>().ChoicesAsync(await app.As("peer1"), new ClinicianFilter(), 1, Token)).Value;
        choices.Clinicians.Select(one => one.Name).ShouldBe(["Dr. abara", "Dr. carver", "Dr. boone"]);
        choices.Clinicians[^1].AgencyName.ShouldBe("Harlan Bay");
    }

    [Fact]
    public async Task Each_filter_narrows_the_list()
    {
        var psychologist = await app.As("okafor");
        await app.Get<ClinicianDirectoryKeeping>().AddAsync(psychologist, Form with { Telehealth = true, CheckedToday = true }, Token);
        var all = new ClinicianFilter();
        foreach (var (filter, fits) in new[]
        {
            (all with { Speciality = Speciality.Grief }, true), (all with { Speciality = Speciality.Sleep }, false),
            (all with { Language = "es" }, true), (all with { Language = "vi" }, false),
            (all with { AtMost = Distance.AnHour }, true), (all with { AtMost = Distance.HalfAnHour }, false),
            (all with { Telehealth = true }, true), (all with { Outside = true }, true), (all with { Outside = false }, false),
            (all with { Words = "dr. n" }, true), (all with { Words = "60300001" }, true), (all with { Words = "%" }, false), (all with { Words = "_" }, false),
        })
        {
            var found = (await app.Get<ClinicianDirectory>().ChoicesAsync(psychologist, filter, 1, Token)).Value.Clinicians;
            found.Any(one => one.Name == "Dr. New").ShouldBe(fits, filter.ToString());
        }
    }

    [Fact]
    public async Task An_administrator_can_neither_link_an_account_nor_confirm_a_contact_that_is_new()
    {
        var (administrator, psychologist) = (await app.As("administrator"), await app.As("okafor"));
        var (directory, keeping) = (app.Get<ClinicianDirectory>(), app.Get<ClinicianDirectoryKeeping>());
        var carver = TestClinicians.Ids["carver"];
        var form = Form with { PersonId = TestPeople.Ids["clinician"] };
        (await keeping.AddAsync(administrator, form, Token)).Value.Problems.Single().Field.ShouldBe(ClinicianField.Account);
        (await keeping.OptionsAsync(administrator, null, Token)).Value.Accounts.ShouldBeEmpty();

        // A form without the account field, from somebody who may not change it, leaves the account as it is.
        var abara = TestClinicians.Ids["abara"];
        (await keeping.ChangeAsync(administrator, abara, Form, Token)).Value.Problems.ShouldBeEmpty();
        (await directory.FindAsync(psychologist, abara, Token)).Value.AccountId.ShouldBe(TestPeople.Ids["clinician"]);

        // Whoever decides where link and code go cannot also say that it was checked.
        (await keeping.ChangeAsync(administrator, carver, Form with { Email = "elsewhere@practice.example", CheckedToday = true }, Token)).Value.Problems.ShouldBeEmpty();
        (await directory.FindAsync(psychologist, carver, Token)).Value.Public.VerifyDue.ShouldBeTrue();
        (await keeping.VerifyAsync(administrator, carver, Token)).Refusal.ShouldBe(DirectoryRefusals.PsychologistChecks);
        (await keeping.VerifyAsync(psychologist, carver, Token)).Succeeded.ShouldBeTrue();
        app.Clock.Advance(TimeSpan.FromDays(DirectoryRules.VerifyEveryDays + 1));
        administrator = await app.As("administrator");
        (await directory.FindAsync(administrator, carver, Token)).Value.Public.VerifyDue.ShouldBeTrue("older than 180 days");
        (await keeping.VerifyAsync(administrator, carver, Token)).Succeeded.ShouldBeTrue("nothing changed since a psychologist checked it");
        (await directory.FindAsync(administrator, carver, Token)).Value.Public.VerifyDue.ShouldBeFalse();
    }

    [Fact]
    public async Task An_account_belongs_to_one_entry_and_to_a_clinician_of_the_region()
    {
        var psychologist = await app.As("okafor");
        var keeping = app.Get<ClinicianDirectoryKeeping>();
        foreach (var name in new[] { "clinician", "peer1", "okafor", "faraway" })
            (await keeping.AddAsync(psychologist, Form with { PersonId = TestPeople.Ids[name] }, Token)).Value.Problems.Single().Field.ShouldBe(ClinicianField.Account, name);
        await app.Owner("update clinicians set person_id = null where id = $1", TestClinicians.Ids["boone"]);
        (await keeping.OptionsAsync(psychologist, null, Token)).Value.Accounts.Single().PersonId.ShouldBe(TestPeople.Ids["clinician2"]);
        (await keeping.AddAsync(psychologist, Form with { PersonId = TestPeople.Ids["clinician2"] }, Token)).Value.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_department_of_another_region_is_no_workplace() =>
        (await app.Get<ClinicianDirectoryKeeping>().AddAsync(await app.As("okafor"), Form with { Outside = false, AgencyId = TestPeople.FarAgency }, Token))
            .Value.Problems.Single().Field.ShouldBe(ClinicianField.Workplace);
}
