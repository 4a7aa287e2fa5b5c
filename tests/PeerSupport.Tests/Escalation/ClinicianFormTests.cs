using PeerSupport.Domain.Escalation;
using PeerSupport.Web.Features.Escalation.Clinicians;

namespace PeerSupport.Tests.Escalation;

public sealed class ClinicianFormTests
{
    private static readonly ClinicianForm Good = new(
        "Dr. P. Varga", "Psychologist, WA PY 60312877", true, null, null, "206-555-0150", "varga@practice.example", [Speciality.Trauma], ["en"], Distance.HalfAnHour, false, true, true);

    [Fact]
    public void A_complete_entry_has_no_problem() => Good.Problems().ShouldBeEmpty();

    [Fact]
    public void An_empty_form_names_every_field_that_is_needed() =>
        new PostedClinician { Languages = [] }.AsForm().Problems().Select(problem => problem.Field).ShouldBe(
            [ClinicianField.Name, ClinicianField.Licence, ClinicianField.Workplace, ClinicianField.Phone, ClinicianField.Email, ClinicianField.Specialities, ClinicianField.Languages, ClinicianField.Distance]);

    [Theory]
    [InlineData("a@practice.example\r\nBcc: b@evil.example")]
    [InlineData("a@practice.example,b@evil.example")]
    [InlineData("\"A\" <a@practice.example>")]
    [InlineData("a@practice.example\n")]
    [InlineData("a@localhost")]
    [InlineData("a")]
    public void S49_Nothing_but_one_mail_address_is_taken(string email) =>
        (Good with { Email = email }).Problems().Single().Field.ShouldBe(ClinicianField.Email);

    [Theory]
    [InlineData("206-555-0150", true)]
    [InlineData("+1 (206) 555-0150", true)]
    [InlineData("206.555.0150 ext. 12", true)]
    [InlineData("555", false)]
    [InlineData("call me", false)]
    [InlineData("206-555-0150\n1", false)]
    public void A_phone_number_can_be_dialled(string phone, bool fine) => (Good with { Phone = phone }).Problems().Count.ShouldBe(fine ? 0 : 1);

    [Theory]
    [InlineData("Dr. \u202EagraV")]
    [InlineData("Dr. Var\u200Bga")]
    [InlineData("Dr.\tVarga")]
    public void S64_Characters_that_cannot_be_seen_are_refused(string name) => (Good with { Name = name }).Problems().Single().Field.ShouldBe(ClinicianField.Name);

    [Fact]
    public void Every_code_has_words()
    {
        Enum.GetValues<Speciality>().Select(ClinicianWords.Of).ShouldAllBe(words => words.Length > 0);
        Enum.GetValues<Distance>().Select(ClinicianWords.Of).ShouldAllBe(words => words.Length > 0);
    }

    [Fact]
    public void A_filter_survives_its_own_address()
    {
        var filter = new PeerSupport.Services.Escalation.ClinicianFilter("O'Hara & Söhne", Speciality.Sleep, "es", Distance.AnHour, true, false);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(new Uri("http://x"), ClinicianFilters.Query("/clinicians", filter, false)).Query);
        ClinicianFilters.Of(name => query.TryGetValue(name, out var value) ? value.ToString() : null).ShouldBe(filter);
    }
}
