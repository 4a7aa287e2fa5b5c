namespace PeerSupport.Domain.Cases;

/// <summary>Every expected "no" about a support case.</summary>
public static class CaseRefusals
{
    public static readonly Refusal AlreadyTaken = new("already-taken", "Another peer has this. Thank you.", "Otro compañero ya lo tiene. Gracias.");
    public static readonly Refusal NotFound = new("not-found", "There is nothing here for you.", "Aquí no hay nada para usted.");
    public static readonly Refusal NotAllowed = new("not-allowed", "Your account cannot do this.", "Su cuenta no puede hacer esto.");
    public static readonly Refusal CaseloadFull = new("caseload-full", "You hold as many cases as you may. Close or hand back one first.", "Ya tiene todos los casos que puede tener. Primero cierre o devuelva uno.");
    public static readonly Refusal OffDuty = new("off-duty", "You are off duty. Go on duty to accept.", "No está de servicio. Póngase de servicio para aceptar.");
    public static readonly Refusal OnABreak = new("on-a-break", "You are taking a break. End it to accept.", "Está tomando un descanso. Termínelo para aceptar.");
    public static readonly Refusal HandedBackTooOften = new("handed-back-too-often", "You have handed back, or closed at once, several cases in a short time, so cases go to other peers for now. Tomorrow you can accept again. Your psychologist can tell you more.", "Ha devuelto, o cerrado enseguida, varios casos en poco tiempo, así que por ahora los casos van a otros compañeros. Mañana podrá aceptar de nuevo. Su psicóloga o psicólogo puede decirle más.");
    public static readonly Refusal TrainingExpired = new("training-expired", "Your training has run out, so cases wait for another peer. Your psychologist can renew it.", "Su formación ha vencido, así que los casos esperan a otro compañero. Su psicóloga o psicólogo puede renovarla.");
    public static readonly Refusal NotHeld = new("not-held", "You no longer hold this case. Nothing was changed.", "Ya no tiene este caso. No se cambió nada.");
    public static readonly Refusal AcceptedMeanwhile = new("accepted-meanwhile", "A peer has accepted it meanwhile, so it cannot be withdrawn. Ask them to hand it back.", "Entretanto un compañero lo aceptó, así que no se puede retirar. Pídale que lo devuelva.");
    public static readonly Refusal AcceptedAlready = new("accepted-already", "A peer has accepted it. Nobody else is alerted any more.", "Un compañero ya lo aceptó. Ya no se avisa a nadie más.");
    public static readonly Refusal StillHeld = new("still-held", "The peer who holds it can still act. Ask them to hand it back.", "El compañero que lo tiene aún puede actuar. Pídale que lo devuelva.");
    public static readonly Refusal HasPsychologist = new("has-psychologist", "This case has a psychologist: a colleague was faster, or nobody had left it. Nothing was changed.", "Este caso tiene psicóloga o psicólogo: un colega se adelantó, o nadie lo había dejado. No se cambió nada.");
    public static readonly Refusal SignInAgain = new("sign-in-again", "That did not match. Nothing was shown. Try again.", "No coincide. No se mostró nada. Inténtelo de nuevo.");
    public static readonly Refusal ReadDisclaimer = new("read-disclaimer", "Read the words first, then tick the box.", "Primero lea las palabras y después marque la casilla.");
    public static readonly Refusal ChooseOutcome = new("choose-outcome", "Choose how it ended.", "Elija cómo terminó.");
    public static readonly Refusal CannotOpen = new("cannot-open", "The sealed identity cannot be opened. Tell your psychologist; the case is still yours.", "La identidad sellada no se puede abrir. Avise a su psicóloga o psicólogo; el caso sigue siendo suyo.");
    public static readonly Refusal TooManyContacts = new("too-many-contacts", "That is more contacts than one day holds. Nothing was counted.", "Son más contactos de los que caben en un día. No se contó nada.");
    public static readonly Refusal NoDraft = new("no-draft", "There is no draft any more.", "Ya no hay borrador.");
    public static readonly Refusal DraftTooLong = new("draft-too-long", "Something is too long to be kept as a draft. Shorten it, then it is saved.", "Algo es demasiado largo para guardarlo como borrador. Acórtelo y se guardará.");
}
