using System.Text.Json;
using CsCheck;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Domain.Reporting;
using PeerSupport.Domain.Sealing;

namespace PeerSupport.Tests.Domain;

/// <summary>The rules, without a database.</summary>
public sealed class RuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 9, 2, 11, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Role.Peer, 14, true)]
    [InlineData(Role.Peer, 15, false)]
    [InlineData(Role.Psychologist, 15, false)]
    [InlineData(Role.Clinician, 15, false)]
    [InlineData(Role.Administrator, 15, true)]
    [InlineData(Role.Coordinator, 59, true)]
    [InlineData(Role.Coordinator, 60, false)]
    public void An_idle_session_ends_sooner_for_whoever_comes_near_a_case(Role role, int idleMinutes, bool alive) =>
        SessionRules.IsAlive([role], Now.AddHours(-2), Now.AddMinutes(-idleMinutes), Now).ShouldBe(alive);

    [Fact]
    public void However_busy_a_session_ends_after_a_shift() =>
        SessionRules.IsAlive([Role.Peer], Now.AddHours(-12), Now, Now).ShouldBeFalse();

    [Fact]
    public void Contacts_count_for_thirty_days()
    {
        var today = new DateOnly(2026, 11, 30);
        ContactRules.Recent([today, today.AddDays(-29), today.AddDays(-30), today.AddDays(1)], today).ShouldBe(2);
    }

    [Fact]
    public void A_mail_is_tried_again_soon_at_first_and_every_five_minutes_at_last()
    {
        RetryRules.Backoff(1).ShouldBe(TimeSpan.FromSeconds(5));
        RetryRules.Backoff(2).ShouldBe(TimeSpan.FromSeconds(10));
        Gen.Int[1, 100_000].Sample(attempts => RetryRules.Backoff(attempts) <= TimeSpan.FromMinutes(5) && RetryRules.Backoff(attempts) >= TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Every_handle_is_two_words_and_none_is_said_twice()
    {
        Gen.Int[0, 63].Select(Gen.Int[0, 63]).Sample(pair => new Handle((short)pair.Item1, (short)pair.Item2).ToString().Split(' ').Length == 2);
        var all = from first in Enumerable.Range(0, 64) from second in Enumerable.Range(0, 64) select new Handle((short)first, (short)second).ToString();
        all.Distinct(StringComparer.Ordinal).Count().ShouldBe(Handle.Count);
        new Handle(0, 0).Matches(" harb").ShouldBeTrue();
    }

    [Fact]
    public void Words_too_long_are_known_without_reading_their_sentence()
    {
        var long1 = Confidential.From(new string('x', CaseForm.SpecificsMost + 1));
        var form = new CaseForm(new OfficerIdentity(long1, Confidential.From("206-555-0137"), long1, long1), null, null, null, [], [], null);
        form.TooLong().Select(problem => problem.Field).ShouldBe([CaseField.Name, CaseField.When, CaseField.Specifics]);
        form.Problems().ShouldBe([.. form.TooLong(), .. form.Problems().Skip(3)]);
        (form with { Officer = new OfficerIdentity(Confidential.From(""), Confidential.From(""), Confidential.From(""), Confidential.From("")) }).TooLong().ShouldBeEmpty();
    }

    [Fact]
    public void Every_type_belongs_to_its_category_and_has_both_languages()
    {
        SituationCatalogue.Types.ShouldAllBe(type => CaseNotice.CategoryOf(type.Id) == type.CategoryId);
        SituationCatalogue.Types.ShouldAllBe(type => type.English.Length > 0 && type.Spanish.Length > 0 && type.Spanish != type.English);
        SituationCatalogue.Categories.Select(category => category.Id).ShouldBe(SituationCatalogue.Types.Select(type => type.CategoryId).Distinct());
        SituationCatalogue.Types.Select(type => type.Id).ShouldBeUnique();
    }

    [Fact]
    public void The_disclaimer_stands_word_for_word() => DisclaimerVersion.Standard.ShouldBe(
        "Understand everything you tell me will be kept confidential up until the point you tell me if you are suicidal, homicidal or if you tell me you are committing crimes.");

    [Theory]
    [InlineData(null, "never")]
    [InlineData(0.0, "under-15m")]
    [InlineData(14.9, "under-15m")]
    [InlineData(15.0, "under-1h")]
    [InlineData(59.9, "under-1h")]
    [InlineData(60.0, "later")]
    [InlineData(100_000.0, "later")]
    public void Waiting_is_counted_in_coarse_steps(double? minutes, string cell) =>
        TallyCells.TimeToAccept(minutes is { } m ? TimeSpan.FromMinutes(m) : null).ShouldBe(cell);

    [Theory]
    [InlineData(PeriodKind.Month, 12, 12)]
    [InlineData(PeriodKind.Quarter, 3, 1)]
    [InlineData(PeriodKind.Quarter, 4, 4)]
    [InlineData(PeriodKind.Quarter, 12, 10)]
    [InlineData(PeriodKind.Year, 12, 1)]
    public void A_case_is_counted_in_the_period_its_day_lies_in(PeriodKind kind, int month, int start) =>
        Period.Of(kind, new DateOnly(2026, month, 17)).Start.ShouldBe(new DateOnly(2026, start, 1));

    [Fact]
    public void Confidential_words_print_and_serialise_as_nothing()
    {
        var officer = new OfficerIdentity(Confidential.From("Marker Name"), Confidential.From("555-MARKER"), Confidential.From("Marker time"), Confidential.From("Marker words"));
        $"{officer}".ShouldNotContain("Marker", Case.Insensitive);
        JsonSerializer.Serialize(officer).ShouldNotContain("Marker", Case.Insensitive);
        typeof(Confidential).GetProperties().Select(property => property.Name).ShouldBe(["IsEmpty", "Length"], ignoreOrder: true);
    }

    [Fact]
    public void A_grant_is_spent_once_and_only_by_whoever_it_was_made_for()
    {
        var person = Guid.NewGuid();
        var grant = new RevealGrant(person);
        grant.SpendBy(Guid.NewGuid()).ShouldBeFalse();
        Enumerable.Range(0, 100).AsParallel().Count(_ => grant.SpendBy(person)).ShouldBe(1);
        typeof(RevealGrant).GetConstructors().ShouldBeEmpty();
    }

    [Fact]
    public void A_notice_shows_the_type_only_where_the_psychologist_chose_so()
    {
        CaseNotice.Of(CaseShowing(NoticeLevel.Type)).TypeId.ShouldBe(103);
        CaseNotice.Of(CaseShowing(NoticeLevel.Category)).TypeId.ShouldBeNull();
        CaseNotice.Of(CaseShowing(NoticeLevel.Category)).CategoryId.ShouldBe(1);
    }

    private static SupportCase CaseShowing(NoticeLevel level) => new()
    {
        Id = Guid.NewGuid(),
        PsychologistId = Guid.NewGuid(),
        AgencyId = Guid.NewGuid(),
        RegionId = Guid.NewGuid(),
        SituationTypeId = 103,
        Level = level,
        Urgency = Urgency.Today,
        WantedTags = [],
        HandleFirst = 0,
        HandleSecond = 0,
        PostedAt = Now,
    };
}
