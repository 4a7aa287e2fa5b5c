using Microsoft.Extensions.DependencyInjection;
using PeerSupport.DevKit.Demonstration;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Escalation;

namespace PeerSupport.DevKit;

/// <summary>Formal tracks for tests of the running app, made through the product's own use cases.</summary>
public static class GivenTracks
{
    /// <summary>What an officer agreed to share, where a test does not say.</summary>
    public static AgreedFacts Facts { get; } = new(
        Confidential.From("Marisol Vann"), Confidential.From("206-555-0164"), Confidential.From("Evenings"), Confidential.From("Poor sleep for two months."),
        Confidential.From(""), "en", FirstTalk.ThisWeek);

    /// <summary>A track of psychologist1, handed with consent to the clinician of this login.</summary>
    public static async Task<Guid> GivenTrackAsync(this RunningApp app, string clinician = "clinician1", AgreedFacts? facts = null, bool department = false)
    {
        await using var services = DemonstrationData.Services(app.Settings.Databases, app.Settings.KeyDirectory);
        var psychologist = DemonstrationData.ActorFor("psychologist1");
        var officer = new OfficerIdentity(Confidential.From("Nobody Known"), Confidential.From("206-555-0100"), Confidential.From(""), Confidential.From(""));
        var posted = await services.GetRequiredService<PostCase>().PostAsync(psychologist, new CaseForm(officer, 103, NoticeLevel.Type, Urgency.Today, [], [], null), CancellationToken.None);
        var track = Guid.NewGuid();
        var form = new ReferralForm(await app.EntryOfAsync(clinician), facts ?? Facts, department, Voluntariness.Voluntary, ConsentGiven: true, CheckIn: false);
        var opened = await services.GetRequiredService<Escalate>().OpenAsync(psychologist, posted.Value.Posted!.CaseId, form, track, CancellationToken.None);
        return opened.Value.Opened?.TrackId ?? throw new InvalidOperationException(string.Join("; ", opened.Value.Problems.Select(problem => problem.Sentence)));
    }

    /// <summary>A case of psychologist1 that this peer holds.</summary>
    public static async Task<Guid> GivenHeldCaseAsync(this RunningApp app, string peer)
    {
        var caseId = await app.GivenOpenCaseAsync();
        await using var services = DemonstrationData.Services(app.Settings.Databases, app.Settings.KeyDirectory);
        var accepted = await services.GetRequiredService<AcceptCase>().AcceptAsync(DemonstrationData.ActorFor(peer), caseId, CancellationToken.None);
        return accepted.Refusal is { } refusal ? throw new InvalidOperationException(refusal.Sentence) : caseId;
    }

    /// <summary>Peer and officer have talked for ten minutes: a close now does not look like one who only wanted to see who it is.</summary>
    public static Task GivenTalkAsync(this RunningApp app, Guid caseId) =>
        app.SqlAsync("update support_cases set accepted_at = accepted_at - interval '10 minutes' where id = $1", caseId);

    /// <summary>A case of psychologist1, "Call with a child" and wanted today, that nobody holds yet.</summary>
    public static async Task<Guid> GivenOpenCaseAsync(this RunningApp app)
    {
        await using var services = DemonstrationData.Services(app.Settings.Databases, app.Settings.KeyDirectory);
        var officer = new OfficerIdentity(Confidential.From("Nobody Known"), Confidential.From("206-555-0100"), Confidential.From("Tonight"), Confidential.From(""));
        var posted = await services.GetRequiredService<PostCase>().PostAsync(
            DemonstrationData.ActorFor("psychologist1"), new CaseForm(officer, 103, NoticeLevel.Type, Urgency.Today, [], [], null), CancellationToken.None);
        return posted.Value.Posted!.CaseId;
    }

    /// <summary>The account's entry in the directory; made where there is none.</summary>
    private static async Task<Guid> EntryOfAsync(this RunningApp app, string login)
    {
        var person = DemonstrationPeople.All.Single(one => one.Login == login);
        if (await app.SqlAsync("select id from clinicians where person_id = $1", person.Id) is Guid known)
            return known;
        var id = Guid.NewGuid();
        await app.SqlAsync(
            """
            insert into clinicians (id, region_id, person_id, name, licence, phone, email, specialities, languages, distance, telehealth, accepting, last_verified, active)
            values ($1, $2, $3, $4, 'Psychologist, WA PY 60312877', '206-555-0181', $5, '{}', '{en}', 2, false, true, current_date, true)
            """, id, DemonstrationPeople.Region, person.Id, person.DisplayName, person.Email);
        return id;
    }
}
