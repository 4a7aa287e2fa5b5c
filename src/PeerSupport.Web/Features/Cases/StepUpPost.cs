using PeerSupport.Domain;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.Sealing;
using PeerSupport.Services.People;
using PeerSupport.Web.Account;

namespace PeerSupport.Web.Features.Cases;

/// <summary>What a step-up form posts, turned into a grant for one reveal.</summary>
public static class StepUpPost
{
    /// <summary>With the passkey's answer where there is one, else with password and code.</summary>
    public static async Task<Result<RevealGrant>> GrantAsync(StepUp stepUp, Actor actor, HttpContext http, CancellationToken cancellationToken)
    {
        var form = http.Request.Form;
        var assertion = form["assertion"].ToString();
        if (assertion.Length > 0)
            return Guid.TryParse(form["challenge"], out var challenge)
                ? await stepUp.WithPasskeyAsync(actor, challenge, assertion, cancellationToken)
                : CaseRefusals.SignInAgain;
        return await stepUp.WithPasswordAsync(actor, form["password"], form["code"], cancellationToken, Browser.CallerOf(http));
    }
}
