using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.Escalation;

namespace PeerSupport.IntegrationTests.Escalation;

/// <summary>Hand-offs as tests begin with them.</summary>
public static class HandOffs
{
    public static ReferralForm Form(string clinician = "abara", string name = "Marisol Vann", bool checkIn = false, bool department = false) => new(
        TestClinicians.Ids[clinician],
        new AgreedFacts(
            Confidential.From(name), Confidential.From("206-555-0164"), Confidential.From("Evenings"), Confidential.From("Poor sleep for two months."),
            Confidential.From(null), "en", FirstTalk.ThisWeek),
        department,
        Voluntariness.Voluntary,
        ConsentGiven: true,
        checkIn);

    /// <summary>A track handed on by peer1 with consent; okafor is responsible.</summary>
    public static async Task<Guid> GivenTrack(this TestApp app, string clinician = "abara", string peer = "peer1", ReferralForm? form = null)
    {
        var caseId = await app.GivenHeldCase(peer);
        var track = Guid.NewGuid();
        var outcome = await app.Get<Escalate>().OpenAsync(await app.As(peer), caseId, form ?? Form(clinician), track, CancellationToken.None);
        outcome.Refusal.ShouldBeNull();
        outcome.Value.Problems.ShouldBeEmpty();
        return track;
    }

    /// <summary>A track opened by an exception; okafor is responsible and no clinician is chosen.</summary>
    public static async Task<Guid> GivenException(this TestApp app, Basis basis = Basis.Suicidal, string peer = "peer1")
    {
        var caseId = await app.GivenHeldCase(peer);
        var track = Guid.NewGuid();
        (await app.Get<Escalate>().OpenExceptionAsync(await app.As(peer), caseId, basis, track, CancellationToken.None)).Refusal.ShouldBeNull();
        return track;
    }

    /// <summary>The officer's own code, after they replaced the printed one.</summary>
    public static async Task<string> GivenOwnCode(this TestApp app, Guid track)
    {
        var own = app.Get<MyReferral>().OfferCode();
        (await app.Get<MyReferral>().KeepAsync(app.Get<OfficerCodes>().Of(track), own, CancellationToken.None)).Refusal.ShouldBeNull();
        return own;
    }

    /// <summary>Takes a step and expects it to be taken.</summary>
    public static async Task Step(this TestApp app, string who, Guid track, TrackStep step, StepDetails? details = null) =>
        (await app.Get<TakeStep>().TakeAsync(await app.As(who), track, step, details ?? new StepDetails(), CancellationToken.None)).Refusal.ShouldBeNull();
}
