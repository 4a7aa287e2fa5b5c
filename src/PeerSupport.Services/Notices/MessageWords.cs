namespace PeerSupport.Services.Notices;

/// <summary>The constant words of each kind of message, in both languages: nothing in them was typed by anybody.</summary>
internal static class MessageWords
{
    /// <summary>English and Spanish.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A kind nobody knows.</exception>
    public static (string English, string Spanish) Of(MessageKind kind) =>
        OfHandOff(kind) ?? OfCase(kind) ?? OfOneself(kind) ?? throw new ArgumentOutOfRangeException(nameof(kind));

    /// <summary>About hand-offs and formal tracks.</summary>
    private static (string English, string Spanish)? OfHandOff(MessageKind kind) => kind switch
    {
        MessageKind.HandOffWaiting => (
            "A hand-off is waiting. Sign in to see it.",
            "Hay una derivación en espera. Inicie sesión para verla."),
        MessageKind.HandOffLink => (
            "You are asked to take somebody on. Open the address below and enter the eight digits you are told by phone. It works for seven days from the day it was made.",
            "Le piden que atienda a alguien. Abra la dirección de abajo y escriba los ocho dígitos que le digan por teléfono. Funciona durante siete días desde el día en que se hizo."),
        MessageKind.HandOffDeclined => (
            "A hand-off was declined. Sign in to see what comes next.",
            "Se rechazó una derivación. Inicie sesión para ver qué sigue."),
        MessageKind.HandOffUnanswered => (
            "A hand-off is still waiting for an answer. Sign in to see it.",
            "Una derivación sigue esperando respuesta. Inicie sesión para verla."),
        MessageKind.HandOffUnreachable => (
            "A hand-off could not be delivered by mail. Sign in to see it.",
            "Una derivación no se pudo entregar por correo. Inicie sesión para verla."),
        MessageKind.HandOffGone => (
            "A hand-off to you has ended. Please go no further with it. The psychologist who handed on can tell you more.",
            "Una derivación dirigida a usted ha terminado. Por favor, no siga con ella. La psicóloga o el psicólogo que la hizo puede decirle más."),
        MessageKind.TrackOpened => (
            "A case was handed on, and a formal track began. Sign in to see it.",
            "Se derivó un caso y empezó un seguimiento formal. Inicie sesión para verlo."),
        MessageKind.HandOffTransferred => (
            "A clinician passed a hand-off to another one. Sign in to see what is to be done.",
            "Una profesional o un profesional pasó una derivación a otra persona. Inicie sesión para ver qué hay que hacer."),
        MessageKind.HandOffLeft => (
            "A hand-off of your department has waited too long. Sign in to see whether it needs a psychologist, or ask your colleagues whose it is.",
            "Una derivación de su departamento lleva demasiado tiempo en espera. Inicie sesión para ver si necesita psicólogo, o pregunte a sus colegas de quién es."),
        MessageKind.TrackEnded => (
            "A formal track has ended. Sign in to see it.",
            "Un seguimiento formal ha terminado. Inicie sesión para verlo."),
        MessageKind.RetentionChanged => (
            "How long formal tracks are kept was changed in your agency. Sign in to see it.",
            "Cambió el tiempo durante el que su agencia guarda los seguimientos formales. Inicie sesión para verlo."),
        _ => null,
    };

    /// <summary>About cases, to psychologists; one to administrators.</summary>
    private static (string English, string Spanish)? OfCase(MessageKind kind) => kind switch
    {
        MessageKind.DangerAlert => (
            "Somebody needs the psychologist on call. Sign in now.",
            "Alguien necesita al psicólogo de guardia. Inicie sesión ahora."),
        MessageKind.NobodyYet => (
            "Nobody has taken a case of yours yet. Sign in to see whom you could call.",
            "Todavía nadie ha tomado un caso suyo. Inicie sesión para ver a quién podría llamar."),
        MessageKind.CaseReturned => (
            "A case of yours is open again, because the peer who had it can no longer act. The others are being alerted. Sign in to see it.",
            "Un caso suyo está abierto de nuevo, porque el compañero que lo tenía ya no puede actuar. Se está avisando a los demás. Inicie sesión para verlo."),
        MessageKind.HandBackLoop => (
            "A peer has given up several cases soon after accepting them. Sign in to see who, and talk with them.",
            "Un compañero ha dejado varios casos poco después de aceptarlos. Inicie sesión para ver quién es y hable con esa persona."),
        MessageKind.CasesLeft => (
            "A case of your agency has lost its psychologist. Sign in to take it over.",
            "Un caso de su agencia se quedó sin psicóloga ni psicólogo. Inicie sesión para hacerse cargo."),
        MessageKind.NoPsychologist => (
            "An agency has cases and no psychologist. Sign in to see which agency has none, and ask for the role for somebody.",
            "Una agencia tiene casos y no tiene psicóloga ni psicólogo. Inicie sesión para ver a qué agencia le falta, y pida el rol para alguien."),
        _ => null,
    };

    /// <summary>About the reader's own account, channels, training and promises.</summary>
    private static (string English, string Spanish)? OfOneself(MessageKind kind) => kind switch
    {
        MessageKind.CheckIn => (
            "You agreed to check in with a colleague about now.",
            "Usted acordó volver a hablar con un colega por estas fechas."),
        MessageKind.Invitation => (
            "You are invited to PeerSupport. Open the address below to set up how you sign in. It works once, within seven days. Nobody else can use it after you.",
            "Tiene una invitación a PeerSupport. Abra la dirección de abajo para configurar cómo inicia sesión. Funciona una sola vez, durante siete días. Después nadie más puede usarla."),
        MessageKind.SignInChanged => (
            "How you sign in to PeerSupport was set up or changed, or a recovery code was used. If that was not you, call whoever runs PeerSupport for you now.",
            "Se configuró o cambió la forma en que usted inicia sesión en PeerSupport, o se usó un código de recuperación. Si no fue usted, llame ahora a quien administra PeerSupport."),
        MessageKind.PasswordKnown => (
            "Somebody entered your password for PeerSupport, but not the right code. If that was you, use a passkey, or wait a while and try again. If it was not you, somebody knows your password: sign in and change it under “Your account”.",
            "Alguien escribió su contraseña de PeerSupport, pero no el código correcto. Si fue usted, use una llave de acceso, o espere un rato e inténtelo de nuevo. Si no fue usted, alguien conoce su contraseña: inicie sesión y cámbiela en «Su cuenta»."),
        MessageKind.AddressMoved => (
            "Mail for your PeerSupport account goes to another address from now on. Nothing more will come here. If you did not ask for this, call whoever runs PeerSupport for you now.",
            "Desde ahora el correo de su cuenta de PeerSupport llega a otra dirección. Aquí no llegará nada más. Si usted no lo pidió, llame ahora a quien administra PeerSupport."),
        MessageKind.ApprovalWaiting => (
            "A request waits for a second person. Sign in to see it.",
            "Una solicitud espera a una segunda persona. Inicie sesión para verla."),
        MessageKind.TrainingDue => (
            "The end of your training comes near, or is here. Sign in and see the date under “You”. Without training no case is offered to you.",
            "Su formación está por terminar o ya terminó. Inicie sesión y vea la fecha en «Usted». Sin formación no se le ofrece ningún caso."),
        MessageKind.ChannelTest => (
            "This is a test. If you can read it, mail reaches you. Sign in and say so under “You”.",
            "Esto es una prueba. Si puede leerla, el correo le llega. Inicie sesión y dígalo en «Usted»."),
        MessageKind.Practice => (
            "PRACTICE. Nobody is waiting. You asked for a practice alert: sign in and accept it.",
            "PRÁCTICA. Nadie está esperando. Usted pidió un aviso de práctica: inicie sesión y acéptelo."),
        _ => null,
    };
}
