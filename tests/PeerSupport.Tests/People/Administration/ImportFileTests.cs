using System.Globalization;
using System.Text;
using PeerSupport.Domain.People;
using PeerSupport.Services.People.Administration;
using PeerSupport.Web.Features.Administration;

namespace PeerSupport.Tests.People.Administration;

/// <summary>Lists of people as spreadsheets write them.</summary>
public sealed class ImportFileTests
{
    private const string Heading = "name;email;agency;role";
    private static readonly DateOnly Today = new(2026, 11, 9);

    public static TheoryData<string, byte[]> Encodings() => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes($"{Heading}\nJosé Peña;jose@x.example;Harlan Bay;peer\n") },
        { "UTF-8 with its mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($"{Heading}\r\nJosé Peña;jose@x.example;Harlan Bay;peer")] },
        { "UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes($"{Heading}\r\nJosé Peña;jose@x.example;Harlan Bay;peer\r\n")] },
        { "Windows-1252", CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes($"{Heading}\r\nJosé Peña;jose@x.example;Harlan Bay;peer\r\n") },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_file_is_read_whatever_its_spreadsheet_wrote(string encoding, byte[] bytes)
    {
        var person = ImportFile.Rows(ImportFile.Text(bytes).Value).Value.Single();
        (person.Name, person.Email, person.Agency, person.Role, person.Line).ShouldBe(("José Peña", "jose@x.example", "Harlan Bay", "peer", 2), encoding);
    }

    [Theory]
    [InlineData("name,email,agency\n\"Doe, Jane\",jane@x.example,Harlan Bay", "Doe, Jane")]
    [InlineData("nombre\tcorreo\tagencia\nJane Doe\tjane@x.example\tHarlan Bay", "Jane Doe")]
    [InlineData("AGENCY, Email ,Name\nHarlan Bay,jane@x.example, Jane Doe ", "Jane Doe")]
    public void Commas_tabs_quotes_headings_in_either_language_and_any_order_are_read(string list, string name) =>
        ImportFile.Rows(list).Value.Single().Name.ShouldBe(name);

    [Fact]
    public void What_cannot_be_read_gets_a_plain_sentence()
    {
        ImportFile.Rows("").Refusal.ShouldBe(ImportFile.Empty);
        ImportFile.Rows(Heading).Refusal.ShouldBe(ImportFile.Empty);
        ImportFile.Rows("Jane Doe;jane@x.example;Harlan Bay").Refusal.ShouldBe(ImportFile.Headings);
        ImportFile.Rows("name;name;email;agency\na;b;c;d").Refusal.ShouldBe(ImportFile.Headings);
        ImportFile.Rows($"{Heading}\nJane\0Doe;jane@x.example;Harlan Bay;peer").Refusal.ShouldBe(ImportFile.NotText);
        ImportFile.Text([0x50, 0x4B, 0x03, 0x04, 0x00, 0x00]).Refusal.ShouldBe(ImportFile.NotText);
        ImportFile.Text(new byte[ImportFile.MostBytes + 1]).Refusal.ShouldBe(ImportFile.TooLarge);
        ImportFile.Rows(Heading + string.Concat(Enumerable.Range(0, 501).Select(i => $"\nA{i};a{i}@x.example;Harlan Bay;peer"))).Refusal.ShouldBe(ImportFile.TooMany);
        ImportFile.Rows(Heading + string.Concat(Enumerable.Range(0, 500).Select(i => $"\nA{i};a{i}@x.example;Harlan Bay;peer"))).Value.Count.ShouldBe(500);
        ImportFile.Rows("name,email,agency\nJane \"x,jane@x.example,Harlan Bay").Refusal!.Code.ShouldBe("import-quotes");
    }

    [Fact]
    public void Rows_that_stay_are_written_so_that_they_read_the_same()
    {
        var person = Row() with { Line = 2, Name = "Doe, \"Jane\"", Tags = "veteran" };
        ImportFile.Rows(ImportFile.Write([person])).Value.Single().ShouldBe(person);
    }

    [Fact]
    public void A_sound_row_is_read_into_codes()
    {
        var (person, problems) = (Row() with { Role = "Peer", Languages = "en; Spanish", Tags = "veteran / shooting", TrainingDate = "3/1/2026", TrainedUntil = "2028-03-01", Language = "ES" }).Read("America/Denver", Today);
        problems.ShouldBeEmpty();
        (person.Role, person.Form.TimeZone, person.Form.Language).ShouldBe((Role.Peer, "America/Denver", "es"));
        person.Languages.ShouldBe(["en", "es"]);
        person.Tags.ShouldBe([PeerTag.Veteran, PeerTag.BeenThroughShooting]);
        (person.Training!.CompletedOn, person.Training.ValidUntil).ShouldBe((new DateOnly(2026, 3, 1), new DateOnly(2028, 3, 1)));
    }

    [Theory]
    [InlineData("+1 206-555-0170", 0)]
    [InlineData("=206", 1)]
    [InlineData("+1+cmd", 1)]
    public void A_number_may_begin_with_a_plus_and_nothing_else_hides_behind_it(string phone, int problems) =>
        (Row() with { Phone = phone }).Read("Etc/UTC", Today).Problems.Count.ShouldBe(problems);

    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "", "", "", "")]
    [InlineData("", "chief", "", "", "")]
    [InlineData("", "", "klingon", "", "")]
    [InlineData("", "", "", "hero", "")]
    [InlineData("", "", "", "", "next year")]
    public void Each_thing_that_is_wrong_with_a_row_is_said(string name, string role, string languages, string tags, string until) =>
        (Row() with { Name = name.Length > 0 ? name : "Jane Doe", Role = role, Languages = languages, Tags = tags, TrainedUntil = until }).Read("Etc/UTC", Today).Problems.Count.ShouldBe(1);

    [Fact]
    public void S54_A_cell_that_a_spreadsheet_would_run_leaves_the_list_of_people_as_text()
    {
        static ExportedPerson Named(string name) => new(Row() with { Name = name, Email = "a@x.example", Agency = "@SUM(A1)" }, [], PersonState.Active);
        var text = Encoding.UTF8.GetString(AdministrationEndpoints.PeopleCsv([Named("=1+1"), Named("+1"), Named("-1"), Named("\t=1"), Named("\0=1"), Named("Jane")]));
        foreach (var cell in new[] { "'=1+1", "'+1", "'-1", "'=1,", "'@SUM(A1)", "\r\nJane,a@x.example" })
            text.ShouldContain(cell);
        text.ShouldNotContain("\0");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public void What_was_written_as_a_file_is_read_again_as_it_was(string language)
    {
        var people = Enum.GetValues<Role>().Select((role, at) => Row() with
        {
            Line = at + 2,
            Name = "Zoë \"Zee\" Ng, Sgt.",
            Unit = "Traffic; night",
            Role = ImportedPerson.Word(role),
            TrainingDate = "2026-03-01",
            TrainedUntil = "2028-03-01",
            TimeZone = "America/Denver",
            Language = "es",
            Phone = "+1 206-555-0170",
        }).ToList();
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new(language);
        var file = AdministrationEndpoints.PeopleCsv([.. people.Select(person => new ExportedPerson(person, [Role.Coordinator, Role.Administrator], PersonState.Disabled))]);
        CultureInfo.CurrentUICulture = before;
        Encoding.UTF8.GetString(file).ShouldContain(language == "es" ? "nombre,correo" : "name,email");
        var read = ImportFile.Rows(ImportFile.Text(file).Value).Value;
        read.ShouldBe(people);
        read.ShouldAllBe(person => person.Read("Etc/UTC", Today).Problems.Count == 0);
        read.Select(person => person.Read("Etc/UTC", Today).Person.Role!.Value).ShouldBe(Enum.GetValues<Role>());
    }

    [Theory]
    [InlineData(2031, 11, 9, true)]
    [InlineData(2031, 11, 10, false)]
    [InlineData(2036, 3, 1, false)]
    public void Nobody_counts_as_trained_for_more_than_five_years(int year, int month, int day, bool sound) =>
        new TrainingForm("Peer support, 40 h", new(2026, 3, 1), new(year, month, day), null).Problems(new(2026, 11, 9)).Count.ShouldBe(sound ? 0 : 1);

    private static ImportedPerson Row() => new(1, "Jane Doe", "jane@x.example", "Harlan Bay", "", "", "", "", "", "", "", "", "");
}
