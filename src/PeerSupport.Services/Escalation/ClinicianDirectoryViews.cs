using PeerSupport.Domain.Escalation;

namespace PeerSupport.Services.Escalation;

/// <summary>What somebody looks for in the directory. Nothing chosen means everybody.</summary>
/// <param name="Words">Part of a name or licence.</param>
/// <param name="Speciality">What they know most about.</param>
/// <param name="Language">A code of <see cref="Languages"/>.</param>
/// <param name="AtMost">No farther away than this.</param>
/// <param name="Telehealth">Only those who also talk by video or phone.</param>
/// <param name="Outside">Only outside ones, or only inside ones.</param>
public sealed record ClinicianFilter(
    string? Words = null, Speciality? Speciality = null, string? Language = null, Distance? AtMost = null, bool Telehealth = false, bool? Outside = null)
{
    /// <summary>True when nothing narrows the list.</summary>
    public bool IsEmpty => this == new ClinicianFilter();
}

/// <summary>A clinician as an officer chooses them, with whoever helps them choose: peer, psychologist, clinician.</summary>
/// <param name="ClinicianId">Id in the directory.</param>
/// <param name="Name">As patients know them.</param>
/// <param name="Licence">Kind and number.</param>
/// <param name="Outside">Not employed by a department.</param>
/// <param name="AgencyName">The department of one inside.</param>
/// <param name="Specialities">What they know most about.</param>
/// <param name="Languages">Codes.</param>
/// <param name="Distance">In words.</param>
/// <param name="Telehealth">Also by video or phone.</param>
/// <param name="LastVerified">Day of the last check.</param>
/// <param name="VerifyDue">The check is too long ago, or was never made.</param>
public sealed record ClinicianChoice(
    Guid ClinicianId, string Name, string Licence, bool Outside, string? AgencyName, IReadOnlyList<Speciality> Specialities,
    IReadOnlyList<string> Languages, Distance Distance, bool Telehealth, DateOnly LastVerified, bool VerifyDue);

/// <summary>One page of clinicians to choose from.</summary>
public sealed record ClinicianChoices(IReadOnlyList<ClinicianChoice> Clinicians, int Total, int Page, int PageSize);

/// <summary>An entry of the directory, for the psychologists and administrators of its region, who keep it.</summary>
/// <param name="Public">What everybody who helps an officer choose sees.</param>
/// <param name="Phone">Where the code of a hand-off is told.</param>
/// <param name="Email">Where the link of a hand-off is sent.</param>
/// <param name="AgencyId">The department of one inside.</param>
/// <param name="AccountId">Their account, where they have one.</param>
/// <param name="AccountName">Whose account that is.</param>
/// <param name="Accepting">Takes new people now.</param>
/// <param name="Active">Offered at all.</param>
public sealed record DirectoryEntry(
    ClinicianChoice Public, string Phone, string Email, Guid? AgencyId, Guid? AccountId, string? AccountName, bool Accepting, bool Active);

/// <summary>One page of the directory.</summary>
public sealed record DirectoryPage(IReadOnlyList<DirectoryEntry> Entries, int Total, int Page, int PageSize);

/// <summary>What the form of an entry offers: the departments of the region, and accounts of clinicians that belong to no entry yet.</summary>
public sealed record DirectoryOptions(IReadOnlyList<DirectoryAgency> Agencies, IReadOnlyList<ClinicianAccount> Accounts, bool MayLinkAccounts);

/// <summary>A department of the region.</summary>
public sealed record DirectoryAgency(Guid AgencyId, string Name);

/// <summary>A person with the role of a clinician, as the psychologist picks them.</summary>
public sealed record ClinicianAccount(Guid PersonId, string DisplayName, string AgencyName);

/// <summary>What became of a form: the entry, or what is wrong with the form.</summary>
public sealed record DirectoryOutcome(IReadOnlyList<ClinicianProblem> Problems, Guid? ClinicianId);
