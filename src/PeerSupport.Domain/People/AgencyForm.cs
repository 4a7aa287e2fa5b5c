namespace PeerSupport.Domain.People;

/// <summary>What an administrator fills in about an agency.</summary>
/// <param name="Name">As its people call it.</param>
/// <param name="RegionId">Which it belongs to; null where a new one is named.</param>
/// <param name="NewRegion">Name of a region that does not exist yet.</param>
/// <param name="TimeZone">In which day and night are told.</param>
/// <param name="SharesPeers">Whether its peers and the region's help each other out.</param>
public sealed record AgencyForm(string Name, Guid? RegionId, string NewRegion, string TimeZone, bool SharesPeers)
{
    /// <summary>A name that stands already.</summary>
    public static readonly FormProblem NameTaken = new("name", "Another agency has this name. Choose one that tells them apart", "Otra agencia tiene este nombre. Elija uno que las distinga");

    /// <summary>No region, or one that is not there.</summary>
    public static readonly FormProblem RegionMissing = new("region", "Choose the region, or name a new one", "Elija la región o ponga nombre a una nueva");

    /// <summary>A region that stands already.</summary>
    public static readonly FormProblem RegionTaken = new("new-region", "There is a region of this name. Choose it from the list", "Ya hay una región con este nombre. Elíjala de la lista");

    /// <summary>Everything wrong that can be known without the database.</summary>
    public IReadOnlyList<FormProblem> Problems()
    {
        List<FormProblem> problems = [];
        if (!Written.IsName(Name))
            problems.Add(new("name", "Enter the name of the agency, up to 200 characters", "Escriba el nombre de la agencia, de 200 caracteres como máximo"));
        if (RegionId is null && !Written.IsName(NewRegion))
            problems.Add(RegionMissing);
        if (!Written.IsTimeZone(TimeZone))
            problems.Add(new("zone", "Choose the time zone, such as America/Los_Angeles", "Elija la zona horaria, por ejemplo America/Los_Angeles"));
        return problems;
    }
}

/// <summary>How fast notices widen, as it is entered.</summary>
public sealed record AlertPlanForm(int? GroupAfter, int? RegionAfter, int? TellAfter, int? NightGroupAfter, int? NightRegionAfter, int? NightTellAfter, TimeOnly? NightFrom, TimeOnly? NightUntil)
{
    /// <summary>Faster would wake everybody for what the best match would have taken.</summary>
    public const int FewestMinutes = 1;

    /// <summary>Slower would leave somebody alone for a whole night.</summary>
    public const int MostMinutes = 240;

    /// <summary>As it stands.</summary>
    public static AlertPlanForm Of(AlertPlan plan) =>
        new(plan.GroupAfter, plan.RegionAfter, plan.TellAfter, plan.NightGroupAfter, plan.NightRegionAfter, plan.NightTellAfter, plan.NightFrom, plan.NightUntil);

    /// <summary>Everything wrong with it.</summary>
    public IReadOnlyList<FormProblem> Problems()
    {
        List<FormProblem> problems = [];
        Minutes(problems, GroupAfter, "group");
        Minutes(problems, RegionAfter, "region-wave");
        Minutes(problems, TellAfter, "tell");
        Minutes(problems, NightGroupAfter, "night-group");
        Minutes(problems, NightRegionAfter, "night-region");
        Minutes(problems, NightTellAfter, "night-tell");
        if (problems.Count == 0)
        {
            Order(problems, GroupAfter, RegionAfter, "region-wave");
            Order(problems, RegionAfter, TellAfter, "tell");
            Order(problems, NightGroupAfter, NightRegionAfter, "night-region");
            Order(problems, NightRegionAfter, NightTellAfter, "night-tell");
        }

        if (NightFrom is null)
            problems.Add(new("night-from", "Enter when the night begins, such as 22:00", "Escriba cuándo empieza la noche, por ejemplo 22:00"));
        if (NightUntil is null || NightUntil == NightFrom)
            problems.Add(new("night-until", "Enter when the night ends, such as 06:00. It cannot be when it begins", "Escriba cuándo termina la noche, por ejemplo 06:00. No puede ser la hora en que empieza"));
        return problems;
    }

    /// <summary>Writes it into the plan. Only a form without problems.</summary>
    public void Fill(AlertPlan plan)
    {
        (plan.GroupAfter, plan.RegionAfter, plan.TellAfter) = (GroupAfter!.Value, RegionAfter!.Value, TellAfter!.Value);
        (plan.NightGroupAfter, plan.NightRegionAfter, plan.NightTellAfter) = (NightGroupAfter!.Value, NightRegionAfter!.Value, NightTellAfter!.Value);
        (plan.NightFrom, plan.NightUntil) = (NightFrom!.Value, NightUntil!.Value);
    }

    private static void Minutes(List<FormProblem> problems, int? minutes, string field)
    {
        if (minutes is not (>= FewestMinutes and <= MostMinutes))
            problems.Add(new(field, $"Enter whole minutes from {FewestMinutes} to {MostMinutes}", $"Escriba minutos enteros de {FewestMinutes} a {MostMinutes}"));
    }

    private static void Order(List<FormProblem> problems, int? earlier, int? later, string field)
    {
        if (later <= earlier)
            problems.Add(new(field, "This step must come later than the one before it", "Este paso debe venir después del anterior"));
    }
}

/// <summary>A crisis line as it is entered.</summary>
/// <param name="AgencyId">Whose it is; null for everybody.</param>
/// <param name="Label">What stands on the page.</param>
/// <param name="Tel">What is dialled.</param>
/// <param name="English">What it offers.</param>
/// <param name="Spanish">The same in Spanish.</param>
/// <param name="Position">Place in the list.</param>
public sealed record CrisisLineForm(Guid? AgencyId, string Label, string Tel, string English, string Spanish, int Position)
{
    /// <summary>Everything wrong with it.</summary>
    public IReadOnlyList<FormProblem> Problems()
    {
        List<FormProblem> problems = [];
        if (!Written.IsName(Label, 100))
            problems.Add(new("label", "Enter what stands on the page, such as “988”, up to 100 characters", "Escriba lo que aparece en la página, por ejemplo «988», de 100 caracteres como máximo"));
        if (!Written.IsPhone(Tel) || Tel.Any(char.IsAsciiLetter)) // an extension would be dialled as part of the number
            problems.Add(new("tel", "Enter the number to dial, such as 988 or +1 800 267 5463", "Escriba el número que se marca, por ejemplo 988 o +1 800 267 5463"));
        if (!Written.IsName(English))
            problems.Add(new("english", "Say in English what it offers, such as “call or text”", "Diga en inglés qué ofrece, por ejemplo «call or text»"));
        if (!Written.IsName(Spanish))
            problems.Add(new("spanish", "Say in Spanish what it offers, such as “llamada o mensaje”", "Diga en español qué ofrece, por ejemplo «llamada o mensaje»"));
        if (Position is < 0 or > 99)
            problems.Add(new("position", "Enter the place in the list as a number from 0 to 99", "Escriba el lugar en la lista como un número de 0 a 99"));
        return problems;
    }
}

/// <summary>Names of a situation in both languages, as they are entered.</summary>
public sealed record SituationForm(string English, string Spanish)
{
    /// <summary>Longest name of a category or type.</summary>
    public const int Longest = 80;

    /// <summary>A name that stands already.</summary>
    public static readonly FormProblem Taken = new("english", "There is one of this name already, in English or in Spanish", "Ya hay uno con este nombre, en inglés o en español");

    /// <summary>Everything wrong that can be known without the database.</summary>
    public IReadOnlyList<FormProblem> Problems()
    {
        List<FormProblem> problems = [];
        if (!Written.IsName(English, Longest))
            problems.Add(new("english", "Enter the English name, up to 80 characters", "Escriba el nombre en inglés, de 80 caracteres como máximo"));
        if (!Written.IsName(Spanish, Longest))
            problems.Add(new("spanish", "Enter the Spanish name, up to 80 characters: half of the readers need it", "Escriba el nombre en español, de 80 caracteres como máximo: la mitad de los lectores lo necesita"));
        return problems;
    }
}

/// <summary>A new wording of the disclaimer, as it is entered.</summary>
public sealed record DisclaimerForm(string English, string Spanish)
{
    /// <summary>Shorter is no disclaimer.</summary>
    public const int Shortest = 20;

    /// <summary>As much as can be said aloud.</summary>
    public const int Longest = 2000;

    /// <summary>A version that says nothing new.</summary>
    public static readonly FormProblem InUseAlready = new("english", "These are the words in use. Change them in one of the languages first", "Estas son las palabras en uso. Cámbielas antes en uno de los idiomas");

    /// <summary>Whether that version says exactly this, however its lines are broken.</summary>
    public bool SaysTheSameAs(DisclaimerVersion? version) =>
        version is not null && version.Text.ReplaceLineEndings() == English.ReplaceLineEndings() && version.SpanishText?.ReplaceLineEndings() == Spanish.ReplaceLineEndings();

    /// <summary>Everything wrong with it.</summary>
    public IReadOnlyList<FormProblem> Problems()
    {
        List<FormProblem> problems = [];
        if (!IsText(English))
            problems.Add(new("english", "Enter the English words, from 20 to 2000 characters", "Escriba las palabras en inglés, de 20 a 2000 caracteres"));
        if (!IsText(Spanish))
            problems.Add(new("spanish", "Enter the Spanish words, from 20 to 2000 characters", "Escriba las palabras en español, de 20 a 2000 caracteres"));
        return problems;
    }

    private static bool IsText(string text) => text.Length is >= Shortest and <= Longest && Written.IsPlain(text.ReplaceLineEndings(" "));
}
