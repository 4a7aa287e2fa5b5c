using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PeerSupport.Domain.Escalation;
using PeerSupport.Web.Features.Escalation.HandOn;

namespace PeerSupport.Tests.Escalation;

/// <summary>The consent form between its pages: nothing is lost, nothing is added, nothing prints.</summary>
public sealed class FilledReferralTests
{
    private static readonly (string Name, string Value)[] Whole =
    [
        ("name", "Marisol"), ("reach", "206-555-0164"), ("when", "Evenings"), ("short", "Sleep.\r\nTwo lines."), ("department", "yes"),
        ("department-name", "Harlan Bay"), ("clinician-name", "Dr. Varga"), ("language", "es"), ("talk", "ThisWeek"), ("voluntary", "Voluntary"),
        ("clinician", "d1000000-0000-4000-8000-000000000001"), ("consent", "yes"), ("check-in", "yes"),
    ];

    [Fact]
    public void What_the_review_page_carries_comes_back_as_it_was()
    {
        var form = Posted(Whole);
        Posted([.. form.Fields()]).ShouldBe(form with { Filter = form.Filter });
        form.AsForm().Problems().ShouldBeEmpty();
        form.AsWords().Department.ShouldBe("Harlan Bay");
    }

    [Fact]
    public void Nothing_is_agreed_to_unless_it_was_said()
    {
        var form = Posted();
        form.ShareDepartment.ShouldBeFalse();
        form.Consent.ShouldBeFalse();
        form.CheckIn.ShouldBeFalse();
        form.Voluntariness.ShouldBeNull();
        form.AsWords().Department.ShouldBeEmpty();
        form.AsForm().Problems().Select(problem => problem.Field).ShouldBe(
            [ReferralField.Clinician, ReferralField.Name, ReferralField.Reach, ReferralField.Language, ReferralField.FirstTalk, ReferralField.Voluntariness, ReferralField.Consent],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("talk", "77", ReferralField.FirstTalk)]
    [InlineData("voluntary", "9", ReferralField.Voluntariness)]
    [InlineData("language", "xx", ReferralField.Language)]
    [InlineData("clinician", "somebody", ReferralField.Clinician)]
    [InlineData("consent", "true", ReferralField.Consent)]
    public void A_code_on_no_list_is_asked_for_again(string name, string value, ReferralField field) =>
        Posted([.. Whole.Where(one => one.Name != name), (name, value)]).AsForm().Problems().Single().Field.ShouldBe(field);

    [Fact]
    public void A_department_that_is_not_shared_is_not_said()
    {
        var form = Posted([.. Whole.Where(one => one.Name != "department"), ("department", "no")]);
        form.AsWords().Department.ShouldBeEmpty();
        form.AsForm().ShareDepartment.ShouldBeFalse();
    }

    [Fact]
    public void It_prints_nothing()
    {
        var form = Posted(Whole);
        form.ToString().ShouldBe("[sealed]");
        $"{form.AsForm()}{form.AsWords()}".ShouldNotContain("Marisol");
    }

    private static FilledReferral Posted(params (string Name, string Value)[] fields) =>
        FilledReferral.Of(new FormCollection(fields.ToDictionary(field => field.Name, field => new StringValues(field.Value), StringComparer.Ordinal)));
}
