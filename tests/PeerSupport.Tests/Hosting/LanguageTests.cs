using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Web.Features.Cases;
using PeerSupport.Web.Shared;

namespace PeerSupport.Tests.Hosting;

/// <summary>Times and codes in the language of whoever reads them at that moment.</summary>
public sealed class LanguageTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("en", 3, "15:00", "24 November, 15:00")]
    [InlineData("es", 3, "15:00", "24 de noviembre, 15:00")]
    [InlineData("en", 30, "yesterday 12:00", "23 November, 12:00")]
    [InlineData("es", 30, "ayer 12:00", "23 de noviembre, 12:00")]
    [InlineData("en", 22 * 24, "2 November 18:00", "2 November, 18:00")]
    [InlineData("es", 22 * 24, "2 de noviembre 18:00", "2 de noviembre, 18:00")]
    [InlineData("en", 365 * 24, "24 November 18:00", "24 November 2025, 18:00")]
    [InlineData("es", 365 * 24, "24 de noviembre 18:00", "24 de noviembre de 2025, 18:00")]
    public void A_time_is_written_as_its_reader_writes_it(string language, int hoursAgo, string brief, string dated) => Say.Speaking(language, () =>
    {
        LocalTime.Brief(Now.AddHours(-hoursAgo), TimeZoneInfo.Utc, Now).ShouldBe(brief);
        LocalTime.Dated(Now.AddHours(-hoursAgo), TimeZoneInfo.Utc, Now).ShouldBe(dated);
        return "";
    });

    [Fact]
    public void A_day_has_its_month_in_both() =>
        (Say.Speaking("en", () => LocalTime.Day(new DateOnly(2027, 3, 14))), Say.Speaking("es", () => LocalTime.Day(new DateOnly(2027, 3, 14)))).ShouldBe(("14 March 2027", "14 de marzo de 2027"));

    [Fact]
    public void Every_code_has_words_of_its_own_in_both()
    {
        Differ(Enum.GetValues<Urgency>().Select(one => (Func<string>)(() => Words.Of(one))));
        Differ(Enum.GetValues<PeerTag>().Select(one => (Func<string>)(() => Words.Of(one))));
        Differ(Enum.GetValues<CaseOutcome>().Select(one => (Func<string>)(() => Words.Of(one))));
    }

    [Fact]
    public void What_is_wrong_with_a_form_is_said_to_its_reader_and_not_to_whoever_looked_first()
    {
        var problem = new FieldProblem(CaseField.Name, "Enter the officer’s name", "Escriba el nombre del oficial");
        Say.Speaking("es", () => problem.Sentence).ShouldBe("Escriba el nombre del oficial");
        Say.Speaking("en", () => problem.Sentence).ShouldBe("Enter the officer’s name");
        Say.Speaking("es", () => Words.OrNone(0)).ShouldBe("ninguno");
    }

    private static void Differ(IEnumerable<Func<string>> words)
    {
        foreach (var one in words)
            string.Equals(Say.Speaking("es", one), Say.Speaking("en", one), StringComparison.Ordinal).ShouldBeFalse(Say.Speaking("en", one));
    }
}
