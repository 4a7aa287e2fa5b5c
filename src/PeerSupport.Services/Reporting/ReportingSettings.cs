using Microsoft.Extensions.Configuration;
using PeerSupport.Domain.Reporting;

namespace PeerSupport.Services.Reporting;

/// <summary>How this installation publishes. What is published carries the rules it was made by, so a change counts for later tables only.</summary>
public static class ReportingSettings
{
    /// <summary>Reads PeerSupport:Reporting:Epsilon (0.1 to 1), :Threshold and :BandWidth (5 to 50 each).</summary>
    /// <exception cref="InvalidOperationException">A number is out of its range.</exception>
    public static PublicationRules Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("PeerSupport:Reporting");
        try
        {
            return new PublicationRules(
                (int)(section.GetValue("Epsilon", 1.0m) * 1000),
                new BandRules(section.GetValue("Threshold", 10), section.GetValue("BandWidth", 5)));
        }
        catch (ArgumentOutOfRangeException outside)
        {
            throw new InvalidOperationException("PeerSupport:Reporting: Epsilon must lie between 0.1 and 1, Threshold and BandWidth between 5 and 50.", outside);
        }
    }
}
