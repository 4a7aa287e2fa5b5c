using PeerSupport.Domain;

namespace PeerSupport.Web.Shared;

/// <summary>A crisis line as configured: printed only with the date on which somebody checked it.</summary>
public sealed class CrisisLine
{
    public string Label { get; init; } = "";
    public string Tel { get; init; } = "";

    /// <summary>What it offers, such as "call or text"; beside it the same in Spanish.</summary>
    public string How { get; init; } = "";
    public string HowSpanish { get; init; } = "";
    public DateOnly? LastVerified { get; init; }

    /// <summary>What it offers, in the reader's language. Words that were never translated are better than none.</summary>
    public string Words => Say.T(How, HowSpanish.Length > 0 ? HowSpanish : How);
}

/// <summary>The lines that stand at the foot of every page. From configuration, so that they show with the database down.</summary>
public sealed class CrisisLines
{
    public CrisisLines(IConfiguration configuration) =>
        Lines = [.. (configuration.GetSection("CrisisLines").Get<CrisisLine[]>() ?? []).Where(line => line.LastVerified is not null)];

    public IReadOnlyList<CrisisLine> Lines { get; }

    /// <summary>The day on which all of them had been checked.</summary>
    public string Checked => Lines.Count == 0 ? "" : LocalTime.Day(Lines.Min(line => line.LastVerified!.Value));
}
