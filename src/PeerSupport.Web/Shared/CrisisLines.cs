using System.Globalization;

namespace PeerSupport.Web.Shared;

/// <summary>A crisis line as configured: printed only with the date on which somebody checked it.</summary>
public sealed class CrisisLine
{
    public string Label { get; init; } = "";
    public string Tel { get; init; } = "";
    public string How { get; init; } = "";
    public DateOnly? LastVerified { get; init; }
}

/// <summary>The lines that stand at the foot of every page. From configuration, so that they show with the database down.</summary>
public sealed class CrisisLines
{
    public CrisisLines(IConfiguration configuration)
    {
        Lines = [.. (configuration.GetSection("CrisisLines").Get<CrisisLine[]>() ?? []).Where(line => line.LastVerified is not null)];
        Checked = Lines.Count == 0 ? "" : Lines.Min(line => line.LastVerified!.Value).ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-US"));
    }

    public IReadOnlyList<CrisisLine> Lines { get; }

    /// <summary>The day on which all of them had been checked.</summary>
    public string Checked { get; }
}
