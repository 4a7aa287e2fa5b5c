using PeerSupport.Domain.Cases;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Cases;

/// <summary>The steps of a case's ladder, as its psychologist reads them.</summary>
public static class WaveWords
{
    /// <summary>Who is alerted in a wave.</summary>
    public static string Of(int wave) => wave switch
    {
        Waves.BestMatch => T("Best match", "Quien mejor encaja"),
        Waves.Group => T("Your agency’s group", "El grupo de su agencia"),
        Waves.Region => T("The whole region", "Toda la región"),
        _ => T("On the board", "En el tablero"),
    };

    /// <summary>What comes after a wave, and when.</summary>
    public static string Next(int wave, string time) => wave switch
    {
        Waves.Anew => T("The first alerts are leaving now.", "Los primeros avisos salen ahora."),
        Waves.BestMatch => T($"Next: your agency’s group, at {time}.", $"Después: el grupo de su agencia, a las {time}."),
        Waves.Group => T($"Next: the whole region, at {time}.", $"Después: toda la región, a las {time}."),
        Waves.Region => T($"If nobody takes it, we mail you at {time}.", $"Si nadie lo toma, le escribimos a las {time}."),
        _ => T($"We look again at {time} for peers who are free by then.", $"Volvemos a buscar compañeros libres a las {time}."),
    };

    /// <summary>Why a peer could be called.</summary>
    public static string Of(CallReason why) => why switch
    {
        CallReason.NoAnswer => T("On duty, alerted, no answer yet", "De servicio, con aviso, sin respuesta"),
        CallReason.Failed => T("On duty, every alert failed: they know of nothing", "De servicio, ningún aviso le llegó: no sabe nada"),
        CallReason.NotAlerted => T("On duty, not alerted: quiet hours or no way to reach them", "De servicio, sin aviso: horas de silencio o sin forma de avisarle"),
        CallReason.OffDuty => T("Off duty", "Fuera de servicio"),
        _ => "",
    };
}
