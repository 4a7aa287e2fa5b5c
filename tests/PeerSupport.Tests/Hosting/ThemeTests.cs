using System.Globalization;
using System.Text.RegularExpressions;
using MudBlazor;
using MudBlazor.Utilities;
using PeerSupport.Web.Shared;

namespace PeerSupport.Tests.Hosting;

/// <summary>MudBlazor's colours and the static pages' are the same: the table at the foot of tokens.css, row by row.</summary>
public sealed partial class ThemeTests
{
    private static readonly string Css = Read("tokens.css");
    private static readonly string Before = Read("mud.css");

    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var (role, token) in Table())
            rows.Add(role, token);
        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_role_has_its_token_s_colour_by_day_and_by_night(string role, string token)
    {
        var (day, night) = Resolve(token);
        Colour(PeerSupportTheme.Value.PaletteLight, role).ShouldBe(day);
        Colour(PeerSupportTheme.Value.PaletteDark, role).ShouldBe(night);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Before_the_circuit_is_there_the_same_token_colours_it(string role, string token)
    {
        if (!token.StartsWith("--", StringComparison.Ordinal) || token.Contains(" at ", StringComparison.Ordinal))
            return; // a colour of its own, in the theme only
        var name = Humps().Replace(role.Replace("ContrastText", "Text", StringComparison.Ordinal), "-$0").ToLowerInvariant().Trim('-');
        Before.ShouldContain($"--mud-palette-{name}:var({token})");
    }

    [Fact]
    public void The_table_was_read_whole() => Table().Count().ShouldBeGreaterThan(35);

    [Fact]
    public void Shape_and_type_are_the_tokens_too()
    {
        PeerSupportTheme.Value.LayoutProperties.DefaultBorderRadius.ShouldBe(Token("--r2"));
        string.Join(',', PeerSupportTheme.Value.Typography.Default.FontFamily!).ShouldBe(Token("--font").Replace("\"", "", StringComparison.Ordinal));
        PeerSupportTheme.Value.Typography.Button.TextTransform.ShouldBe("none");
        foreach (var heading in new BaseTypography[] { PeerSupportTheme.Value.Typography.H1, PeerSupportTheme.Value.Typography.H2, PeerSupportTheme.Value.Typography.H3 })
            heading.FontWeight.ShouldBe("650");
    }

    /// <summary>Pairs such as ("Primary", "--primary"). "A, B --x, --y" is two pairs; "A, B --x" gives both --x.</summary>
    private static IEnumerable<(string Role, string Token)> Table()
    {
        var table = Css[Css.IndexOf("   Primary ", StringComparison.Ordinal)..Css.IndexOf("LayoutProperties", StringComparison.Ordinal)];
        foreach (Match cell in Cells().Matches(table))
        {
            var roles = cell.Groups["roles"].Value.Split(", ");
            var tokens = cell.Groups["value"].Value.Split(", ");
            for (var i = 0; i < roles.Length; i++)
                yield return (roles[i], tokens[Math.Min(i, tokens.Length - 1)].Trim());
        }
    }

    private static (MudColor Day, MudColor Night) Resolve(string token)
    {
        var fade = token.EndsWith(" %", StringComparison.Ordinal) ? double.Parse(token.Split(' ')[^2], CultureInfo.InvariantCulture) / 100 : 1;
        var name = token.Split(" at ")[0];
        var pair = name.StartsWith("--", StringComparison.Ordinal)
            ? Token(name)["light-dark(".Length..^1].Split(',')
            : name.Split(" | ");
        var (day, night) = (new MudColor(Long(pair[0])), new MudColor(Long(pair[^1])));
        return fade < 1 ? (day.SetAlpha(fade), night.SetAlpha(fade)) : (day, night);
    }

    private static string Long(string hex) => hex.Length == 4 ? $"#{hex[1]}{hex[1]}{hex[2]}{hex[2]}{hex[3]}{hex[3]}" : hex;

    private static string Token(string name) => Regex.Match(Css, $"(?m)(?:^|;){name}:(?<value>.+?);", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["value"].Value;

    private static MudColor Colour(Palette palette, string role) =>
        palette.GetType().GetProperty(role).ShouldNotBeNull(role).GetValue(palette) switch
        {
            MudColor colour => colour,
            string text => new MudColor(text),
            var other => throw new InvalidOperationException($"{role} is {other}"),
        };

    [GeneratedRegex(@"(?<roles>[A-Z]\w+(?:, [A-Z]\w+)*) {2,}(?<value>(?:--[\w-]+|#\w+)(?:, --[\w-]+| \| #\w+)?(?: at \d+ %)?)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Cells();

    [GeneratedRegex("[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Humps();

    private static string Read(string file) => File.ReadAllText(Path.Combine(Root(), "src", "PeerSupport.Web", "wwwroot", "css", file));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PeerSupport.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder.FullName;
    }
}
