using System.Globalization;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using PeerSupport.Domain.Cases;
using PeerSupport.Domain.People;
using PeerSupport.Services.Escalation;
using PeerSupport.Web.Account;
using static PeerSupport.Domain.Say;

namespace PeerSupport.Web.Features.Escalation.Tracks;

/// <summary>Addresses of tracks that are no pages.</summary>
public static class TrackEndpoints
{
    public static void MapTrackEndpoints(this WebApplication app) =>
        app.MapGet("/tracks/{id:guid}/appointment.ics", AppointmentAsync)
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Clinician), nameof(Role.Psychologist)));

    private static async Task<IResult> AppointmentAsync(HttpContext http, Guid id, CurrentActor current, PeerSupport.Services.Escalation.Tracks tracks, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await current.GetAsync(cancellationToken) is not { } actor
            || await tracks.ReadAsync(actor, id, cancellationToken) is not { Succeeded: true, Value.Row: { NextAppointmentAt: { } at } row })
            return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(System.Text.Encoding.UTF8.GetBytes(Calendar(row.Handle, at, clock.GetUtcNow())), "text/calendar; charset=utf-8", "appointment.ics");
    }

    /// <summary>Calendars are shared and synchronised: only two constant words, the handle and the time go into one.</summary>
    internal static string Calendar(Handle handle, DateTimeOffset at, DateTimeOffset now)
    {
        var calendar = new Ical.Net.Calendar { ProductId = "-//PeerSupport//Appointment//EN" };
        calendar.Events.Add(new CalendarEvent
        {
            Uid = string.Create(CultureInfo.InvariantCulture, $"{handle.Numbers}-{at.UtcDateTime:yyyyMMdd'T'HHmm}@peersupport"),
            Summary = T("PeerSupport appointment", "Cita de PeerSupport"),
            Description = handle.ToString(),
            Start = new CalDateTime(at.UtcDateTime, CalDateTime.UtcTzId),
            DtStamp = new CalDateTime(now.UtcDateTime, CalDateTime.UtcTzId),
        });
        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }
}
