using Bunit;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Escalation;
using PeerSupport.Domain.Sealing;
using PeerSupport.Web.Features.Escalation.Referral;

namespace PeerSupport.Tests.Escalation;

/// <summary>What stands on the two sheets of paper, and what does not.</summary>
public sealed class PaperTests : BunitContext
{
    private static readonly AgreedWords Words = new("M. Halloran", "206-555-0164", "evenings", "Poor sleep for two months.", "Harlan Bay", "es", FirstTalk.ThisWeek);

    [Fact]
    public void The_referral_holds_what_was_agreed_and_who_to_call()
    {
        var sheet = Sheet(Basis.Consent, Words);
        foreach (var words in new[] { "M. Halloran", "206-555-0164", "evenings", "Poor sleep for two months.", "Harlan Bay", "Spanish", "This week", "R. Abara", "N. Okafor, 206-555-0100", "Amber Harbor", "consent", "Voluntary" })
            sheet.ShouldContain(words);
    }

    [Fact]
    public void What_was_not_agreed_is_said_to_be_left_out()
    {
        var sheet = Sheet(Basis.Consent, Words with { Department = "", InShort = "", When = "" });
        sheet.ShouldContain("Department, unit, rank");
        sheet.ShouldNotContain("In short");
        sheet.ShouldNotContain("When");
    }

    [Fact]
    public void An_exception_says_that_nobody_consented() =>
        Sheet(Basis.Homicidal, Words with { Language = "", FirstTalk = null }).ShouldContain("did not consent");

    [Fact]
    public void The_copy_says_with_whom_on_which_basis_and_how_to_take_it_back()
    {
        var copy = Copy(Basis.Consent, Words);
        foreach (var words in new[] { "R. Abara, 206-555-0177", "Your consent. Voluntary, not in lieu of discipline.", "Poor sleep for two months.", "How to take it back", "peersupport.example.org/my-referral", "7K3M-PQ2X-0A9C-HH4T", "N. Okafor (206-555-0100)", "Why they go", "It works once" })
            copy.ShouldContain(words);
    }

    [Fact]
    public void A_copy_for_an_officer_with_a_code_of_their_own_carries_none()
    {
        var copy = Copy(Basis.Consent, Words, code: null);
        copy.ShouldNotContain("7K3M");
        copy.ShouldNotContain("the code below");
        copy.ShouldContain("can print you a new one");
    }

    [Fact]
    public void A_copy_without_a_clinician_yet_says_who_can_open_it()
    {
        var copy = Copy(Basis.Suicidal, null, clinician: "");
        copy.ShouldContain("N. Okafor can open your name");
        copy.ShouldContain("Nobody yet");
    }

    [Fact]
    public void A_copy_made_without_opening_the_facts_describes_them_only()
    {
        var copy = Copy(Basis.Consent, null);
        copy.ShouldNotContain("Halloran");
        copy.ShouldContain("said yes to");
    }

    [Fact]
    public void The_copy_of_an_exception_offers_no_consent_to_take_back()
    {
        var copy = Copy(Basis.Suicidal, null);
        copy.ShouldContain("you said that you are suicidal");
        copy.ShouldNotContain("How to take it back");
        copy.ShouldNotContain("and end the sharing");
    }

    [Fact]
    public void Words_that_look_like_markup_stay_words() =>
        Sheet(Basis.Consent, Words with { InShort = "<script>alert(1)</script>" }).ShouldContain("<script>alert(1)</script>");

    [Fact]
    public void Opened_facts_print_as_sealed_and_an_exception_carries_no_wishes()
    {
        var facts = new AgreedFacts(Of("M. Halloran"), Of("206-555-0164"), Of(""), Of(""), Of(""), "en", FirstTalk.ThisWeek);
        var words = AgreedWords.Of(facts, Basis.Suicidal, new RecordedRead(DateTimeOffset.UnixEpoch));
        (words.Name, words.Language, words.FirstTalk).ShouldBe(("M. Halloran", "", null));
        $"{words}".ShouldBe("[sealed]");
    }

    private string Sheet(Basis basis, AgreedWords words) => Render<ReferralSheet>(sheet => sheet
        .Add(s => s.Words, words).Add(s => s.Handle, new Handle(0, 0)).Add(s => s.Basis, basis)
        .Add(s => s.Voluntariness, basis.IsException() ? null : Voluntariness.Voluntary)
        .Add(s => s.On, "2 November 2026").Add(s => s.ClinicianName, "R. Abara").Add(s => s.PsychologistName, "N. Okafor").Add(s => s.PsychologistPhone, "206-555-0100"))
        .Find("article").TextContent;

    private string Copy(Basis basis, AgreedWords? words, string? code = "7K3M-PQ2X-0A9C-HH4T", string clinician = "R. Abara") => Render<OfficerCopy>(copy => copy
        .Add(c => c.Words, words).Add(c => c.Basis, basis).Add(c => c.Voluntariness, basis.IsException() ? null : Voluntariness.Voluntary)
        .Add(c => c.Code, code).Add(c => c.Address, "peersupport.example.org/my-referral").Add(c => c.Day, new DateOnly(2026, 11, 2)).Add(c => c.In, "en")
        .Add(c => c.ClinicianName, clinician).Add(c => c.ClinicianPhone, "206-555-0177")
        .Add(c => c.PsychologistName, "N. Okafor").Add(c => c.PsychologistPhone, "206-555-0100"))
        .Find("article").TextContent;

    private static Confidential Of(string words) => Confidential.From(words);
}
