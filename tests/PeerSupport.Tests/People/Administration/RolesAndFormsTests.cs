using System.Globalization;
using System.Text.RegularExpressions;
using PeerSupport.Domain.People;
using PeerSupport.Services;

namespace PeerSupport.Tests.People.Administration;

/// <summary>Rules of administration that need no database.</summary>
public sealed partial class RolesAndFormsTests
{
    private static readonly DateOnly Today = new(2026, 11, 9);
    private static readonly AlertPlanForm Plan = AlertPlanForm.Of(new AlertPlan { AgencyId = Guid.Empty });

    [Fact]
    public void The_database_and_the_rules_name_the_same_roles_that_may_go_together()
    {
        using var stream = typeof(ServiceRegistration).Assembly.GetManifestResourceStream("Reach.sql")!;
        using var reader = new StreamReader(stream);
        var sql = RuleInSql().Match(reader.ReadToEnd()).Groups["pairs"].Value;
        var pairs = Pair().Matches(sql).Select(pair => (Role(pair, "one"), Role(pair, "other"))).ToList();
        var all = from one in Enum.GetValues<Role>() from other in Enum.GetValues<Role>() where one != other && Roles.MayGoTogether(one, other) select (one, other);
        pairs.Order().ShouldBe(all.Order());
    }

    [Fact]
    public void A_peer_without_training_is_offered_nothing_and_the_newest_end_counts()
    {
        PeerRules.TrainedUntil([], Today).ShouldBe(Today.AddDays(-1));
        PeerRules.TrainedUntil([new(2025, 1, 1), new(2027, 3, 31), new(2026, 1, 1)], Today).ShouldBe(new DateOnly(2027, 3, 31));
    }

    [Fact]
    public void The_plan_that_every_agency_begins_with_is_sound() => Plan.Problems().ShouldBeEmpty();

    [Theory]
    [InlineData(0, 15, 30, "group")]
    [InlineData(5, 241, 245, "region-wave")]
    [InlineData(15, 15, 30, "region-wave")]
    [InlineData(5, 15, 10, "tell")]
    public void A_plan_that_leaves_somebody_alone_or_turns_back_is_refused_beside_its_field(int group, int region, int tell, string field) =>
        (Plan with { GroupAfter = group, RegionAfter = region, TellAfter = tell }).Problems().ShouldContain(problem => problem.Field == field);

    [Fact]
    public void A_night_needs_a_beginning_and_another_end()
    {
        (Plan with { NightFrom = null }).Problems().Single().Field.ShouldBe("night-from");
        (Plan with { NightUntil = Plan.NightFrom }).Problems().Single().Field.ShouldBe("night-until");
    }

    [Fact]
    public void A_situation_needs_both_languages_and_a_disclaimer_too()
    {
        new SituationForm("Night work", "").Problems().Single().Field.ShouldBe("spanish");
        new SituationForm("", "Trabajo nocturno").Problems().Single().Field.ShouldBe("english");
        new DisclaimerForm(DisclaimerVersion.Standard, "corto").Problems().Single().Field.ShouldBe("spanish");
    }

    [Theory]
    [InlineData("a@b.example", true)]
    [InlineData("a@b.example\r\nBcc: x@y.example", false)]
    [InlineData("a@b.example,c@d.example", false)]
    [InlineData("Name <a@b.example>", false)]
    [InlineData("", false)]
    public void A_mail_address_is_one_address_and_nothing_else(string email, bool good) => Written.IsEmail(email).ShouldBe(good);

    [Theory]
    [InlineData("O’Neil, José", true)]
    [InlineData("left‮right", false)]
    [InlineData("zero​width", false)]
    [InlineData("two\nlines", false)]
    [InlineData("   ", false)]
    public void A_name_reads_as_it_looks(string name, bool good) => Written.IsName(name).ShouldBe(good);

    private static Role Role(Match pair, string group) => (Role)int.Parse(pair.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"function roles_may_go_together.*?in \((?<pairs>.*?)\) \$\$;", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RuleInSql();

    [GeneratedRegex(@"\((?<one>\d), (?<other>\d)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();
}
