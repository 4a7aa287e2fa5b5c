using Microsoft.AspNetCore.Antiforgery;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Web.Hosting;

/// <summary>Turns what goes wrong on the way to a page into a sentence. Nothing of the cause reaches the reader, and nothing of what was typed a log.</summary>
public static class Faults
{
    /// <summary>Turns exceptions into pages. Outermost but for the headers.</summary>
    public static IApplicationBuilder UseFaultPages(this WebApplication app)
    {
        var pages = app.Services.GetRequiredService<FaultPages>();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("PeerSupport.Faults");
        return app.Use(async (http, next) =>
        {
            try
            {
                await next(http);
            }
            catch (Exception) when (http.RequestAborted.IsCancellationRequested)
            {
                // The reader left.
            }
            catch (Exception fault) when (!http.Response.HasStarted && DatabaseFault.IsUnavailable(fault))
            {
                log.LogWarning("The database could not be reached: {Kind}", fault.GetType().Name);
                app.Services.GetRequiredService<DataSources>().ForgetIdle();
                await pages.UnavailableAsync(http);
            }
            catch (BadHttpRequestException unreadable) when (!http.Response.HasStarted)
            {
                await pages.UnreadableAsync(http, unreadable.StatusCode);
            }
            catch (InvalidDataException) when (!http.Response.HasStarted)
            {
                await pages.UnreadableAsync(http, StatusCodes.Status413PayloadTooLarge); // a form with more or longer fields than any of ours
            }
            catch (Exception fault) when (!http.Response.HasStarted)
            {
                log.LogError(fault, "A request failed"); // the formatter writes kind and place, never the message
                await pages.FailedAsync(http);
            }
        });
    }

    /// <summary>One page for an address that does not exist, a case that is somebody else's, and a page of another role.</summary>
    public static IApplicationBuilder UseNothingHerePage(this WebApplication app)
    {
        var pages = app.Services.GetRequiredService<FaultPages>();
        return app.UseStatusCodePages(context => context.HttpContext.Response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status403Forbidden or StatusCodes.Status405MethodNotAllowed
            ? pages.NothingHereAsync(context.HttpContext)
            : Task.CompletedTask);
    }

    /// <summary>A form whose token is missing or too old gets a sentence, and nothing is done.</summary>
    public static IApplicationBuilder UseStaleFormPage(this WebApplication app)
    {
        var pages = app.Services.GetRequiredService<FaultPages>();
        return app.Use((http, next) => http.Features.Get<IAntiforgeryValidationFeature>() switch
        {
            { IsValid: false, Error.InnerException: BadHttpRequestException unreadable } => pages.UnreadableAsync(http, unreadable.StatusCode),
            { IsValid: false, Error.InnerException: InvalidDataException } => pages.UnreadableAsync(http, StatusCodes.Status413PayloadTooLarge),
            { IsValid: false } => pages.StaleFormAsync(http),
            _ => next(http),
        });
    }
}
