namespace PeerSupport.Domain.Cases;

/// <summary>Every expected "no" about a support case.</summary>
public static class CaseRefusals
{
    public static readonly Refusal AlreadyTaken = new("already-taken", "Another peer has this. Thank you.");
    public static readonly Refusal NotFound = new("not-found", "There is nothing here for you.");
    public static readonly Refusal NotAllowed = new("not-allowed", "Your account cannot do this.");
    public static readonly Refusal CaseloadFull = new("caseload-full", "You hold as many cases as you may. Close or hand back one first.");
    public static readonly Refusal OffDuty = new("off-duty", "You are off duty. Go on duty to accept.");
    public static readonly Refusal TrainingExpired = new("training-expired", "Your training has run out, so cases wait for another peer. Your psychologist can renew it.");
    public static readonly Refusal NotHeld = new("not-held", "You no longer hold this case. Nothing was changed.");
    public static readonly Refusal AcceptedMeanwhile = new("accepted-meanwhile", "A peer has accepted it meanwhile, so it cannot be withdrawn. Ask them to hand it back.");
    public static readonly Refusal StillHeld = new("still-held", "The peer who holds it can still act. Ask them to hand it back.");
    public static readonly Refusal SignInAgain = new("sign-in-again", "That did not match. Nothing was shown. Try again.");
    public static readonly Refusal ReadDisclaimer = new("read-disclaimer", "Read the words first, then tick the box.");
    public static readonly Refusal ChooseOutcome = new("choose-outcome", "Choose how it ended.");
    public static readonly Refusal CannotOpen = new("cannot-open", "The sealed identity cannot be opened. Tell your psychologist; the case is still yours.");
    public static readonly Refusal TooManyContacts = new("too-many-contacts", "That is more contacts than one day holds. Nothing was counted.");
    public static readonly Refusal NoDraft = new("no-draft", "There is no draft any more.");
    public static readonly Refusal DraftTooLong = new("draft-too-long", "Something is too long to be kept as a draft. Shorten it, then it is saved.");
}
