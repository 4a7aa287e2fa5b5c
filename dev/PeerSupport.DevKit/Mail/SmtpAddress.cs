using System.Globalization;

namespace PeerSupport.DevKit;

/// <summary>Reads the arguments of MAIL and RCPT.</summary>
internal static class SmtpAddress
{
    /// <summary>The address between angle brackets, which is empty for a bounce; null when there is none.</summary>
    public static string? Read(string line, string keyword)
    {
        var at = line.IndexOf(keyword, StringComparison.OrdinalIgnoreCase);
        var open = at < 0 ? -1 : line.IndexOf('<', at);
        var close = open < 0 ? -1 : line.IndexOf('>', open);
        if (close < 0)
            return null;
        var address = line[(open + 1)..close];
        return address.Any(char.IsControl) ? null : address;
    }

    /// <summary>The size the client announces; 0 when it does not.</summary>
    public static long ReadSize(string line)
    {
        const string keyword = " SIZE=";
        var at = line.LastIndexOf(keyword, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return 0;
        var digits = new string([.. line[(at + keyword.Length)..].TakeWhile(char.IsAsciiDigit)]);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;
    }
}
