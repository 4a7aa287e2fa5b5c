namespace PeerSupport.Domain.Escalation;

/// <summary>Every expected "no" about hand-offs and formal tracks.</summary>
public static class EscalationRefusals
{
    public static readonly Refusal NotFound = new("track-not-found", "There is nothing here for you.", "Aquí no hay nada para usted.");
    public static readonly Refusal NotHeld = new("hand-on-not-held", "You no longer hold this case. Nothing was handed on.", "Ya no tiene este caso. No se derivó nada.");
    public static readonly Refusal StepNotAllowed = new("step-not-allowed", "It has moved on meanwhile, so this was not recorded. Look at where it stands now.", "Entretanto ha avanzado, así que esto no se anotó. Mire cómo está ahora.");
    public static readonly Refusal ChooseClinician = new("choose-clinician", "Choose a clinician from the directory who takes new people.", "Elija en el directorio un profesional que acepte personas nuevas.");
    public static readonly Refusal ConsentNeeded = new("consent-needed", "This needs the officer’s own yes. Tick the box when you have it.", "Para esto hace falta el sí del propio oficial. Marque la casilla cuando lo tenga.");
    public static readonly Refusal SharingStopped = new("sharing-stopped", "The officer withdrew consent, so what they had shared is closed to everybody.", "El oficial retiró su consentimiento, así que lo que había compartido está cerrado para todos.");
    public static readonly Refusal CannotOpen = new("track-cannot-open", "What the officer agreed to share cannot be opened. Tell the psychologist who handed on.", "Lo que el oficial aceptó compartir no se puede abrir. Avise a quien hizo la derivación.");
    public static readonly Refusal ChooseBasis = new("choose-basis", "Choose what they told you.", "Elija lo que le dijo.");
    public static readonly Refusal ChooseDay = new("choose-day", "Enter the day on which it happened: from the day this track began until today.", "Escriba el día en que ocurrió: desde que empezó este seguimiento hasta hoy.");
    public static readonly Refusal ChooseAppointment = new("choose-appointment", "Enter day and time of an appointment that is still to come, within a year.", "Escriba el día y la hora de una cita que aún no haya pasado, dentro de un año.");
    public static readonly Refusal NothingToCorrect = new("nothing-to-correct", "Choose the entry that was wrong.", "Elija la anotación que estaba mal.");
    public static readonly Refusal LinkRefused = new("link-refused", "Link and code do not fit together, or the time to answer is over. Call the person who told you the code.", "El enlace y el código no corresponden, o el plazo para responder terminó. Llame a quien le dio el código.");
    public static readonly Refusal CodeUnknown = new("code-unknown", "There is nothing under this code. Check each letter, or ask the person who gave you your copy.", "No hay nada con este código. Revise cada letra o pregunte a quien le dio su copia.");
    public static readonly Refusal KeepOwnCode = new("keep-own-code", "This is the code on your copy. First take a code that nobody else has seen.", "Este es el código de su copia. Primero tome un código que nadie más haya visto.");
    public static readonly Refusal TooManyTries = new("too-many-tries", "Too many tries just now. Wait a few minutes, then try again.", "Demasiados intentos por ahora. Espere unos minutos e inténtelo de nuevo.");
}
