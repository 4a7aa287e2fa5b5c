namespace PeerSupport.Domain.Escalation;

/// <summary>Every expected "no" about hand-offs and formal tracks.</summary>
public static class EscalationRefusals
{
    public static readonly Refusal NotFound = new("track-not-found", "There is nothing here for you.");
    public static readonly Refusal NotHeld = new("hand-on-not-held", "You no longer hold this case. Nothing was handed on.");
    public static readonly Refusal StepNotAllowed = new("step-not-allowed", "It has moved on meanwhile, so this was not recorded. Look at where it stands now.");
    public static readonly Refusal ChooseClinician = new("choose-clinician", "Choose a clinician from the directory who takes new people.");
    public static readonly Refusal ConsentNeeded = new("consent-needed", "This needs the officer’s own yes. Tick the box when you have it.");
    public static readonly Refusal SharingStopped = new("sharing-stopped", "The officer withdrew consent, so what they had shared is closed to everybody.");
    public static readonly Refusal CannotOpen = new("track-cannot-open", "What the officer agreed to share cannot be opened. Tell the psychologist who handed on.");
    public static readonly Refusal ChooseBasis = new("choose-basis", "Choose what they told you.");
    public static readonly Refusal ChooseDay = new("choose-day", "Enter the day on which it happened: from the day this track began until today.");
    public static readonly Refusal ChooseAppointment = new("choose-appointment", "Enter day and time of an appointment that is still to come, within a year.");
    public static readonly Refusal NothingToCorrect = new("nothing-to-correct", "Choose the entry that was wrong.");
    public static readonly Refusal LinkRefused = new("link-refused", "Link and code do not fit together, or the time to answer is over. Call the person who told you the code.");
    public static readonly Refusal CodeUnknown = new("code-unknown", "There is nothing under this code. Check each letter, or ask the person who gave you your copy.");
    public static readonly Refusal KeepOwnCode = new("keep-own-code", "This is the code on your copy. First take a code that nobody else has seen.");
    public static readonly Refusal TooManyTries = new("too-many-tries", "Too many tries just now. Wait a few minutes, then try again.");
}
