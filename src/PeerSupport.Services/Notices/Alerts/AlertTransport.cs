using PeerSupport.Domain.Cases;

namespace PeerSupport.Services.Notices.Alerts;

/// <summary>What the far end of a channel said.</summary>
internal enum AlertAnswer
{
    /// <summary>It took the alert.</summary>
    Taken,

    /// <summary>It refused for good.</summary>
    Refused,

    /// <summary>It knows this address no more: the channel is forgotten.</summary>
    Gone,

    /// <summary>Not now.</summary>
    Later,

    /// <summary>It does not let this installation in: our key, not this address. Tried again, as with later.</summary>
    Denied,
}

/// <summary>Which constant words an alert stands for.</summary>
internal enum AlertKind
{
    /// <summary>"A colleague could use a peer."</summary>
    Notice = 1,

    /// <summary>To oneself: the test of a channel.</summary>
    Test = 2,

    /// <summary>To oneself: practice.</summary>
    Practice = 3,
}

/// <summary>One alert to one address.</summary>
/// <param name="Id">Random, and the same over all attempts.</param>
/// <param name="Kind">Which words.</param>
/// <param name="Language">Of the reader.</param>
internal sealed record Alert(string Id, AlertKind Kind, string Language);

/// <summary>Sends alerts of one kind of channel. Never throws for what the far end says or does.</summary>
internal interface IAlertTransport
{
    /// <summary>Push or gateway.</summary>
    Channel Channel { get; }

    /// <summary>Sends one alert to the push address or phone number of a channel.</summary>
    Task<AlertAnswer> SendAsync(string target, Alert alert, CancellationToken stopping);
}
