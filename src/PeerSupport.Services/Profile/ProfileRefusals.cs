using PeerSupport.Domain;

namespace PeerSupport.Services.Profile;

/// <summary>Every expected "no" about one's own profile and channels.</summary>
public static class ProfileRefusals
{
    /// <summary>For whoever is no peer, or asks for what is not theirs, there is nothing here.</summary>
    public static readonly Refusal NotFound = new("profile-not-found", "There is nothing here.", "Aquí no hay nada.");

    public static readonly Refusal BothTimes = new("quiet-both-times", "Give both times, or leave both empty.", "Escriba las dos horas o deje las dos vacías.");

    public static readonly Refusal SameTimes = new("quiet-same-times", "Give two different times. To get no alerts at all, go off duty or take a break.", "Escriba dos horas distintas. Para no recibir ningún aviso, salga de turno o tómese un descanso.");

    public static readonly Refusal BadNumber = new("bad-number", "Enter a phone number such as 206-555-0150, or leave it empty.", "Escriba un número como 206-555-0150 o déjelo vacío.");
    public static readonly Refusal FromTheList = new("choose-from-list", "Choose from the list.", "Elija de la lista.");

    public static readonly Refusal LimitOutside = new("limit-outside", "Choose a number from 1 up to what your administrator allows.", "Elija un número entre 1 y lo que su administrador permite.");

    public static readonly Refusal HoldsMore = new("limit-holds-more", "You hold more cases than that right now. Close or hand back one first.", "Ahora mismo tiene más casos que esos. Primero cierre o devuelva uno.");

    public static readonly Refusal AddressNotAllowed = new("push-address", "This browser's push service is not known here, so it cannot be used.", "Aquí no se conoce el servicio de avisos de este navegador, así que no se puede usar.");

    public static readonly Refusal TooManyChannels = new("channels-full", "You have as many channels as there can be. Remove one first.", "Ya tiene todos los canales posibles. Primero quite uno.");

    public static readonly Refusal NoPhone = new("phone-digits", "Give the number with its country code: 7 to 15 digits, such as +1 206 555 0137.", "Escriba el número con el código del país: de 7 a 15 dígitos, como +1 206 555 0137.");

    public static readonly Refusal WrongCode = new("phone-code", "That is not the code, or it is too old. Try again, or ask for a new one.", "Ese no es el código o ya es viejo. Intente otra vez o pida uno nuevo.");

    public static readonly Refusal NotSent = new("alert-not-sent", "It could not be sent right now. Try again in a few minutes.", "No se pudo enviar en este momento. Intente otra vez en unos minutos.");

    public static readonly Refusal NotTaken = new("alert-not-taken", "It was refused: nothing reaches this address. Remove it and add it again.", "Fue rechazado: nada llega a esta dirección. Quítela y agréguela otra vez.");

    public static readonly Refusal NotLetIn = new("alert-not-let-in", "The push service does not let this site in, so nothing reaches this browser. Turn alerts on again in it; if that does not help, tell your administrator.", "El servicio de avisos no deja entrar a este sitio, así que nada llega a este navegador. Active los avisos otra vez en él; si no sirve, avise a su administrador.");

    public static readonly Refusal TooOften = new("too-often", "That was often enough for now. Try again in ten minutes.", "Ya fueron bastantes por ahora. Intente otra vez en diez minutos.");

    public static readonly Refusal PracticeOver = new("practice-over", "There is no practice alert any more. You can start another one.", "Ya no hay ningún aviso de práctica. Puede empezar otro.");
}
