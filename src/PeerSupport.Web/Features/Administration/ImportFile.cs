using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using PeerSupport.Domain;
using PeerSupport.Domain.People;
using PeerSupport.Web.Shared;

namespace PeerSupport.Web.Features.Administration;

/// <summary>A list of people as spreadsheets write it: reads bytes or pasted text into rows, and says plainly what is wrong.</summary>
public static class ImportFile
{
    /// <summary>Longest list, in bytes.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>What a request may carry on the way: the same list, percent-encoded, three bytes for one.</summary>
    public const int MostRequestBytes = 4 * MostBytes;

    public static readonly Refusal TooLarge = new("import-too-large", "The list is larger than 1 MB. Split it into several lists.", "La lista ocupa más de 1 MB. Divídala en varias listas.");
    public static readonly Refusal Empty = new("import-empty", "Choose a file, or paste a list with a line of headings and at least one person.", "Elija un archivo o pegue una lista con una línea de títulos y al menos una persona.");
    public static readonly Refusal NotText = new("import-not-text", "This is not a text file. Save the list as CSV in your spreadsheet and try again.", "No es un archivo de texto. Guarde la lista como CSV en su hoja de cálculo e inténtelo de nuevo.");
    public static readonly Refusal TooMany = new("import-too-many", $"The list has more than {ImportedPerson.MostRows} people. Split it into several lists.", $"La lista tiene más de {ImportedPerson.MostRows} personas. Divídala en varias listas.");
    public static readonly Refusal Headings = new("import-headings", "The first line must name the columns: at least name, email and agency, each once.", "La primera línea debe nombrar las columnas: al menos nombre, correo y agencia, cada una una vez.");

    /// <summary>The columns in the order of the template, in English and Spanish.</summary>
    public static readonly IReadOnlyList<(string English, string Spanish)> Columns =
    [
        ("name", "nombre"), ("email", "correo"), ("agency", "agencia"), ("unit", "unidad"), ("role", "rol"), ("languages", "idiomas"), ("tags", "etiquetas"),
        ("training date", "fecha de formación"), ("trained until", "formación hasta"), ("time zone", "zona horaria"), ("language", "idioma"), ("phone", "teléfono"),
    ];

    /// <summary>What else spreadsheets call them.</summary>
    private static readonly Dictionary<string, string> OtherWords = new(StringComparer.Ordinal)
    {
        ["full name"] = "name",
        ["e-mail"] = "email",
        ["mail"] = "email",
        ["email address"] = "email",
        ["correo electrónico"] = "email",
        ["department"] = "agency",
        ["departamento"] = "agency",
        ["phone number"] = "phone",
        ["mobile"] = "phone",
        ["cell"] = "phone",
        ["número de teléfono"] = "phone",
        ["timezone"] = "time zone",
    };

    /// <summary>What a list that was written here has behind those: nothing is missing when they are passed over.</summary>
    private static readonly string[] Behind = ["other roles", "otros roles", "account", "cuenta"];

    private static readonly char[] Delimiters = [',', ';', '\t'];

    /// <summary>The text in a file: UTF-8 or UTF-16 with its mark, UTF-8 without, or what older spreadsheets write (Windows-1252).</summary>
    public static Result<string> Text(byte[] bytes)
    {
        if (bytes.Length > MostBytes)
            return TooLarge;
        var text = bytes switch
        {
            [0xEF, 0xBB, 0xBF, .. var rest] => Decoded(rest, strict: false),
            [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
            [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
            _ => Decoded(bytes, strict: true) ?? CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes),
        };
        return text!.Contains('\0', StringComparison.Ordinal) ? NotText : text;
    }

    /// <summary>The rows of a list, or why it cannot be read.</summary>
    public static Result<IReadOnlyList<ImportedPerson>> Rows(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MostBytes)
            return TooLarge;
        if (text.Contains('\0', StringComparison.Ordinal))
            return NotText;
        text = text.TrimStart('\uFEFF');
        if (string.IsNullOrWhiteSpace(text))
            return Empty;
        int? bad = null;
        using var reader = new StringReader(text);
        using var csv = Parser(reader, text, found => bad ??= found.Context.Parser?.RawRow);
        int[]? places = null;
        List<ImportedPerson> people = [];
        while (csv.Read())
        {
            var cells = csv.Record ?? [];
            if (bad is { } line)
                return new Refusal("import-quotes", $"Line {line} has a quotation mark that does not close. Mend it and try again.", $"La línea {line} tiene unas comillas que no se cierran. Corríjala e inténtelo de nuevo.");
            if (places is null)
            {
                if (Places(cells) is not { } found)
                    return Headings;
                places = found;
            }
            else if (!Array.TrueForAll(cells, string.IsNullOrWhiteSpace))
                people.Add(Person(csv.RawRow, places, cells));
            if (people.Count > ImportedPerson.MostRows)
                return TooMany;
        }

        return people.Count == 0 ? Empty : people;
    }

    /// <summary>Headings that name no column: what stands under them is not brought in, and nobody should learn that later.</summary>
    public static IReadOnlyList<string> NotUnderstood(string text)
    {
        using var reader = new StringReader(text.TrimStart('\uFEFF'));
        using var csv = Parser(reader, text, badDataFound: null);
        return !csv.Read() ? [] : [.. (csv.Record ?? []).Where(heading => heading.Length > 0 && ColumnOf(heading) < 0 && !Behind.Contains(heading.ToLowerInvariant(), StringComparer.Ordinal))];
    }

    /// <summary>Rows as a list again, for those that stay when others are left out.</summary>
    public static string Write(IEnumerable<ImportedPerson> people)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" }))
        {
            foreach (var (english, _) in Columns)
                csv.WriteField(english);
            csv.NextRecord();
            foreach (var one in people)
            {
                foreach (var cell in one.InOrder)
                    csv.WriteField(cell);
                csv.NextRecord();
            }
        }

        return text.ToString();
    }

    private static CsvParser Parser(TextReader reader, string text, BadDataFound? badDataFound) => new(
        reader, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = Delimiter(text), BadDataFound = badDataFound, TrimOptions = TrimOptions.Trim, IgnoreBlankLines = true });

    private static ImportedPerson Person(int line, int[] places, string[] cells)
    {
        string Cell(int column) => places[column] is >= 0 and var at && at < cells.Length ? Csv.Unquoted(cells[at]) : "";
        return new ImportedPerson(line, Cell(0), Cell(1), Cell(2), Cell(3), Cell(4), Cell(5), Cell(6), Cell(7), Cell(8), Cell(9), Cell(10), Cell(11));
    }

    /// <summary>Where each column stands; −1 for one that is left out. Null where the first line is no line of headings.</summary>
    private static int[]? Places(string[] headings)
    {
        var places = new int[Columns.Count];
        Array.Fill(places, -1);
        foreach (var (heading, at) in headings.Select((heading, at) => (heading, at)))
        {
            var column = ColumnOf(heading);
            if (column >= 0 && places[column] >= 0)
                return null;
            if (column >= 0)
                places[column] = at;
        }

        return places[..3].All(place => place >= 0) ? places : null;
    }

    /// <summary>Which column a heading names; −1 for none.</summary>
    private static int ColumnOf(string heading)
    {
        var words = heading.Trim().ToLowerInvariant();
        words = OtherWords.GetValueOrDefault(words, words);
        return Columns.ToList().FindIndex(one => one.English == words || one.Spanish == words);
    }

    /// <summary>Spreadsheets write commas, semicolons or tabs; the first line tells.</summary>
    private static string Delimiter(string text)
    {
        var first = text.AsSpan().TrimStart();
        var end = first.IndexOfAny('\r', '\n');
        var headings = (end < 0 ? first : first[..end]).ToString();
        return Delimiters.MaxBy(sign => headings.Count(one => one == sign)).ToString();
    }

    private static string? Decoded(byte[] bytes, bool strict)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: strict).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
