using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Domain;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.Cases;
using PeerSupport.Services.Escalation;
using PeerSupport.Services.People;

namespace PeerSupport.DevKit.Demonstration;

/// <summary>The directory, and formal tracks in different states, made by the people who would make them.</summary>
internal static class DemonstrationHandOffs
{
    public static async Task AddCliniciansAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var clock = services.GetRequiredService<DemonstrationClock>();
        foreach (var (form, daysAgo) in DemonstrationClinicians.All)
        {
            clock.Ago = TimeSpan.FromDays(daysAgo);
            var added = await services.GetRequiredService<ClinicianDirectoryKeeping>().AddAsync(Person("psychologist1"), form, cancellationToken);
            if (added.Value.ClinicianId is null)
                throw new InvalidOperationException("A demonstration clinician could not be added: " + string.Join("; ", added.Value.Problems.Select(problem => problem.Sentence)));
        }

        clock.Ago = TimeSpan.Zero;
    }

    public static async Task AddTracksAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var stage = new Stage(services, cancellationToken);
        await InCareAsync(stage);
        await AcknowledgedAsync(stage);
        await CompletedAsync(stage);
        await DeclinedAsync(stage);
        stage.Ago(TimeSpan.FromHours(2));
        await stage.HandOnAsync("peer6", "Varga", Facts("T. Okonkwo", "206-555-0174", "Before noon", "Has not slept through since a crash in October. Wants to talk to somebody outside."));
        stage.Ago(TimeSpan.Zero);
    }

    private static async Task InCareAsync(Stage stage)
    {
        stage.Ago(TimeSpan.FromDays(21));
        var track = await stage.HandOnAsync("peer2", "Varga", Facts("M. Halloran", "206-555-0164", "Evenings",
            "Poor sleep for two months after a shooting in September. Three talks with a peer helped; would like steady support outside the department."));
        stage.Ago(TimeSpan.FromDays(21) - TimeSpan.FromMinutes(85));
        await stage.StepAsync("clinician1", track, TrackStep.Acknowledge);
        stage.Ago(TimeSpan.FromDays(14));
        await stage.StepAsync("clinician1", track, TrackStep.KeepFirstAppointment);
        stage.Ago(TimeSpan.FromDays(7));
        await stage.StepAsync("clinician1", track, TrackStep.EnterCare);
        await stage.AppointmentAsync("clinician1", track, TimeSpan.FromDays(15));
    }

    private static async Task AcknowledgedAsync(Stage stage)
    {
        stage.Ago(TimeSpan.FromDays(3));
        var track = await stage.HandOnAsync("peer4", "Varga", Facts("J. Whitfield", "206-555-0166", "", "Grief after the loss of a partner. Would like Spanish."));
        stage.Ago(TimeSpan.FromDays(2));
        await stage.StepAsync("clinician1", track, TrackStep.Acknowledge);
    }

    private static async Task CompletedAsync(Stage stage)
    {
        stage.Ago(TimeSpan.FromDays(150));
        var track = await stage.HandOnAsync("peer7", "Varga", Facts("S. Abernathy", "206-555-0167", "Weekends", "Drinking more than she wants to."));
        stage.Ago(TimeSpan.FromDays(149));
        await stage.StepAsync("clinician1", track, TrackStep.Acknowledge);
        stage.Ago(TimeSpan.FromDays(140));
        await stage.StepAsync("clinician1", track, TrackStep.KeepFirstAppointment);
        stage.Ago(TimeSpan.FromDays(40));
        await stage.StepAsync("clinician1", track, TrackStep.Complete);
    }

    /// <summary>To a clinician without an account, who told the psychologist on the phone that they are full.</summary>
    private static async Task DeclinedAsync(Stage stage)
    {
        stage.Ago(TimeSpan.FromDays(1));
        var track = await stage.HandOnAsync("peer5", "Lindholm", Facts("R. Castillo", "206-555-0169", "Mornings", "Separation, two children. Would like to talk with both partners later."));
        stage.Ago(TimeSpan.FromHours(20));
        await stage.StepAsync("psychologist1", track, TrackStep.Decline);
    }

    private static AgreedFacts Facts(string name, string reach, string when, string inShort) => new(
        Confidential.From(name), Confidential.From(reach), Confidential.From(when), Confidential.From(inShort), Confidential.From(null), "en", FirstTalk.ThisWeek);

    private static Actor Person(string login) => DemonstrationData.ActorFor(login);

    /// <summary>Where the demonstration is played, through the product's own use cases.</summary>
    private sealed class Stage(IServiceProvider services, CancellationToken cancellationToken)
    {
        private readonly DemonstrationClock clock = services.GetRequiredService<DemonstrationClock>();

        public void Ago(TimeSpan ago) => clock.Ago = ago;

        public async Task<Guid> HandOnAsync(string peer, string clinician, AgreedFacts facts)
        {
            var (_, _, form) = DemonstrationCases.All[0];
            var posted = await Use<PostCase>().PostAsync(Person("psychologist1"), form with { Handle = null }, cancellationToken);
            var caseId = posted.Value.Posted!.CaseId;
            Done(await Use<AcceptCase>().AcceptAsync(Person(peer), caseId, cancellationToken));
            var found = await Use<ClinicianDirectory>().ChoicesAsync(Person(peer), new ClinicianFilter(clinician), 1, cancellationToken);
            var track = Guid.NewGuid();
            var opened = await Use<Escalate>().OpenAsync(
                Person(peer), caseId, new ReferralForm(found.Value.Clinicians[0].ClinicianId, facts, false, Voluntariness.Voluntary, ConsentGiven: true, CheckIn: false), track, cancellationToken);
            return opened.Value.Opened is null ? throw new InvalidOperationException("A demonstration case could not be handed on.") : track;
        }

        public async Task StepAsync(string login, Guid track, TrackStep step) =>
            Done(await Use<TakeStep>().TakeAsync(Person(login), track, step, new StepDetails(), cancellationToken));

        public async Task AppointmentAsync(string login, Guid track, TimeSpan ahead) =>
            Done(await Use<TrackEntries>().SetAppointmentAsync(Person(login), track, Evening(clock.GetUtcNow() + ahead), cancellationToken));

        private T Use<T>() where T : notnull => services.GetRequiredService<T>();

        /// <summary>Half past five in the afternoon, where the demonstration plays.</summary>
        private static DateTimeOffset Evening(DateTimeOffset day)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");
            var local = TimeZoneInfo.ConvertTime(day, zone).Date.AddHours(17).AddMinutes(30);
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        }

        private static void Done(Result result)
        {
            if (result.Refusal is { } refusal)
                throw new InvalidOperationException("The demonstration went wrong: " + refusal.Sentence);
        }
    }
}
