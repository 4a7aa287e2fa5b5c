namespace PeerSupport.Domain.People;

/// <summary>Every expected "no" about people, agencies and settings.</summary>
public static class AdministrationRefusals
{
    public static readonly Refusal NotFound = new("not-found", "There is nothing here for you.", "Aquí no hay nada para usted.");
    public static readonly Refusal OwnRole = new("own-role", "Nobody asks for a role for themselves. Another administrator can ask for you.", "Nadie pide un rol para sí mismo. Otra persona administradora puede pedirlo por usted.");
    public static readonly Refusal HasRole = new("has-role", "They have this role already.", "Ya tiene este rol.");
    public static readonly Refusal RoleAsked = new("role-asked", "This was asked for already and waits for a second person.", "Ya se pidió y espera a una segunda persona.");
    public static readonly Refusal RolesClash = new("roles-clash", "These roles may not be held by one person. Remove the other role first.", "Una misma persona no puede tener estos roles. Primero quite el otro rol.");
    public static readonly Refusal NoSuchRole = new("no-such-role", "They do not have this role any more.", "Ya no tiene este rol.");
    public static readonly Refusal LastAdministrator = new("last-administrator", "This is the last administrator. Somebody else must have the role first.", "Es la última persona administradora. Primero otra persona debe tener el rol.");
    public static readonly Refusal NotYourself = new("not-yourself", "You cannot disable your own account. Another administrator can.", "Usted no puede desactivar su propia cuenta. Otra persona administradora sí.");
    public static readonly Refusal NotEnrolled = new("not-enrolled", "They have not set up how they sign in. Send an invitation.", "Todavía no ha configurado cómo inicia sesión. Envíe una invitación.");
    public static readonly Refusal AlreadyEnrolled = new("already-enrolled", "They can sign in already. A new way in needs a second person: ask for a new sign-in.", "Ya puede iniciar sesión. Un acceso nuevo necesita a una segunda persona: pida un acceso nuevo.");
    public static readonly Refusal CaseloadNow = new("caseload-now", "The limit could not be set so low just now. Try again later.", "Ahora mismo no se pudo bajar tanto el límite. Inténtelo más tarde.");
    public static readonly Refusal Caseload = new("caseload", "Choose a limit from 1 to 5.", "Elija un límite de 1 a 5.");
    public static readonly Refusal Decided = new("decided", "Somebody has decided this already.", "Alguien ya lo decidió.");
    public static readonly Refusal SecondPerson = new("second-person", "You asked for this yourself. A second person has to decide it.", "Usted mismo lo pidió. Tiene que decidirlo una segunda persona.");
    public static readonly Refusal AboutYou = new("about-you", "This is about your own account. Somebody else has to decide it.", "Se trata de su propia cuenta. Tiene que decidirlo otra persona.");
    public static readonly Refusal AskerGone = new("asker-gone", "Who asked for this is no administrator any more. You can refuse it, and ask anew.", "Quien lo pidió ya no es administrador. Usted puede rechazarlo y pedirlo de nuevo.");
    public static readonly Refusal EmailTaken = new("email-taken", "Somebody here has this mail address already.", "Alguien aquí ya tiene esta dirección de correo.");
    public static readonly Refusal NotEmail = new("not-email", "Enter one mail address, such as name@agency.example.", "Escriba una dirección de correo, por ejemplo nombre@agencia.example.");
    public static readonly Refusal UnitInUse = new("unit-in-use", "Other units stand under this one. Move or remove them first.", "Hay otras unidades debajo de esta. Primero muévalas o quítelas.");
    public static readonly Refusal UnitName = new("unit-name", "Enter the name of the unit, up to 200 characters.", "Escriba el nombre de la unidad, de 200 caracteres como máximo.");
    public static readonly Refusal RegionName = new("region-name", "Enter a name for the region that no other has, up to 200 characters.", "Escriba un nombre para la región que no tenga otra, de 200 caracteres como máximo.");
    public static readonly Refusal ChooseRole = new("choose-role", "Choose a role from the list.", "Elija un rol de la lista.");
    public static readonly Refusal TrainingGone = new("training-gone", "This training was taken back already.", "Esta formación ya se retiró.");
    public static readonly Refusal LastType = new("last-type", "At least one type must stay on offer.", "Al menos un tipo debe seguir disponible.");
}
