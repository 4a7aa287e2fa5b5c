using PeerSupport.Domain.Escalation;
using static PeerSupport.Domain.Escalation.TrackParty;
using static PeerSupport.Domain.Escalation.TrackState;
using static PeerSupport.Domain.Escalation.TrackStep;

namespace PeerSupport.Tests.Escalation;

/// <summary>The state machine, pair by pair, against a table written by hand.</summary>
public sealed class TrackRulesTests
{
    private static readonly Dictionary<(TrackState, TrackStep), TrackState> Allowed = new()
    {
        [(Opened, Refer)] = Referred,
        [(Opened, EndByOfficer)] = EndedByOfficer,
        [(Opened, WithdrawConsent)] = EndedByOfficer,
        [(Referred, Refer)] = Referred,
        [(Referred, Acknowledge)] = Acknowledged,
        [(Referred, Decline)] = Declined,
        [(Referred, EndByOfficer)] = EndedByOfficer,
        [(Referred, WithdrawConsent)] = EndedByOfficer,
        [(Declined, Refer)] = Referred,
        [(Declined, EndByOfficer)] = EndedByOfficer,
        [(Declined, WithdrawConsent)] = EndedByOfficer,
        [(Acknowledged, KeepFirstAppointment)] = FirstAppointmentKept,
        [(Acknowledged, Transfer)] = Referred,
        [(Acknowledged, EndByOfficer)] = EndedByOfficer,
        [(Acknowledged, WithdrawConsent)] = EndedByOfficer,
        [(FirstAppointmentKept, EnterCare)] = InCare,
        [(FirstAppointmentKept, Complete)] = Completed,
        [(FirstAppointmentKept, Transfer)] = Referred,
        [(FirstAppointmentKept, EndByOfficer)] = EndedByOfficer,
        [(FirstAppointmentKept, WithdrawConsent)] = EndedByOfficer,
        [(InCare, Complete)] = Completed,
        [(InCare, Transfer)] = Referred,
        [(InCare, EndByOfficer)] = EndedByOfficer,
        [(InCare, WithdrawConsent)] = EndedByOfficer,
    };

    public static TheoryData<TrackState, TrackStep> Pairs()
    {
        var pairs = new TheoryData<TrackState, TrackStep>();
        foreach (var state in Enum.GetValues<TrackState>())
            foreach (var step in Enum.GetValues<TrackStep>())
                pairs.Add(state, step);
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Each_pair_leads_where_the_table_says_and_nowhere_else(TrackState state, TrackStep step) =>
        state.After(step).ShouldBe(Allowed.TryGetValue((state, step), out var to) ? to : null);

    [Fact]
    public void Nothing_leads_out_of_an_ended_track()
    {
        foreach (var state in Enum.GetValues<TrackState>().Where(state => state.IsEnded()))
            Enum.GetValues<TrackStep>().ShouldAllBe(step => state.After(step) == null);
    }

    [Fact]
    public void From_everywhere_an_end_can_be_reached()
    {
        foreach (var state in Enum.GetValues<TrackState>().Where(state => !state.IsEnded()))
            state.After(EndByOfficer).ShouldBe(EndedByOfficer);
    }

    [Theory]
    [InlineData(Opener)]
    [InlineData(Installation)]
    [InlineData((TrackParty)0)]
    [InlineData((TrackParty)99)]
    public void Who_handed_on_a_job_and_nobody_in_particular_take_no_step(TrackParty party)
    {
        foreach (var step in Enum.GetValues<TrackStep>())
        {
            party.MayTake(step, clinicianHasAccount: true).ShouldBeFalse();
            party.MayTake(step, clinicianHasAccount: false).ShouldBeFalse();
        }
    }

    [Fact]
    public void The_officer_may_withdraw_consent_and_nothing_else() =>
        Steps(Officer, true).ShouldBe([WithdrawConsent]);

    [Fact]
    public void A_link_answers_and_nothing_else() =>
        Steps(LinkHolder, false).ShouldBe([Acknowledge, Decline]);

    [Fact]
    public void Only_the_psychologist_chooses_a_clinician_and_she_does_not_speak_for_one_with_an_account()
    {
        Steps(Steward, true).ShouldBe([Refer, EndByOfficer, WithdrawConsent]);
        Steps(Steward, false).ShouldBe(Enum.GetValues<TrackStep>());
        Steps(TrackParty.Clinician, true).ShouldNotContain(Refer);
    }

    [Theory]
    [InlineData(Basis.Consent, false)]
    [InlineData(Basis.Suicidal, true)]
    [InlineData(Basis.Homicidal, true)]
    [InlineData(Basis.CommittingCrimes, true)]
    [InlineData((Basis)0, false)]
    public void Three_bases_are_exceptions(Basis basis, bool exception) => basis.IsException().ShouldBe(exception);

    private static IEnumerable<TrackStep> Steps(TrackParty party, bool hasAccount) =>
        Enum.GetValues<TrackStep>().Where(step => party.MayTake(step, hasAccount));
}
