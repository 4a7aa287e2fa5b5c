using Microsoft.AspNetCore.Components;
using PeerSupport.Domain;
using PeerSupport.Services.Notices;
using PeerSupport.Services.People;
using PeerSupport.Services.Persistence;
using PeerSupport.Web.Account;
using PeerSupport.Web.Hosting;
using PeerSupport.Web.Shared;

namespace PeerSupport.Web.Features.Cases;

/// <summary>
/// A list that keeps itself up to date: reads on every signal, and now and then by itself. Each reading asks anew who is
/// looking, without counting as their activity. Keeps nothing but the list on screen.
/// </summary>
public abstract class LiveIsland : ComponentBase, IDisposable
{
    private static readonly TimeSpan Resync = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource gone = new();
    private readonly CancellationToken left;
    private readonly SemaphoreSlim woken = new(0, 1);
    private bool started;

    // Taken once: a page may be closed while it still reads.
    protected LiveIsland() => left = gone.Token;

    [Inject] protected CaseSignals Signals { get; set; } = null!;
    [Inject] protected CurrentActor Current { get; set; } = null!;
    [Inject] protected TimeProvider Clock { get; set; } = null!;

    /// <summary>The reader is signed out, or may no longer see the list: nothing of it is shown.</summary>
    protected bool SignedOut { get; private set; }

    /// <summary>Since when the records cannot be reached, in the reader's time; null when they can.</summary>
    protected string? LostSince { get; private set; }

    /// <summary>Who looks now; null when they are not signed in any more.</summary>
    protected virtual Task<Actor?> WhoAsync(CancellationToken cancellationToken) => Current.GetAsync(cancellationToken, touch: false);

    /// <summary>Reads the list for this reader; false when it is not theirs to see.</summary>
    protected abstract Task<bool> ReadAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>Reads before the first rendering, so that the prerendered page never flashes empty when the circuit takes over.</summary>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!started)
        {
            started = true;
            if (RendererInfo.IsInteractive)
            {
                Signals.Changed += Wake; // before the reading, so that nothing falls between the two
                await RefreshAsync();
                _ = ListenAsync();
            }
            else
            {
                await ReadOnceAsync();
            }
        }

        await base.SetParametersAsync(ParameterView.Empty);
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        Signals.Changed -= Wake;
        gone.Cancel();
        gone.Dispose();
    }

    // Many signals in a burst become one reading.
    private void Wake()
    {
        lock (woken)
        {
            if (woken.CurrentCount == 0)
                woken.Release();
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            while (!SignedOut)
            {
                await woken.WaitAsync(LostSince is null ? Resync : Retry, left);
                await InvokeAsync(async () =>
                {
                    await RefreshAsync();
                    ReaderLanguage.Set(Language); // a signal comes from nobody's request
                    StateHasChanged();
                });
            }
        }
        catch (Exception) when (left.IsCancellationRequested)
        {
            // The reader closed the page.
        }
        catch (Exception fault) when (!left.IsCancellationRequested)
        {
            // A list that has stopped must not look alive: the circuit fails, it is logged, and js/live.js starts over.
            await DispatchExceptionAsync(fault);
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            await ReadOnceAsync();
            LostSince = null;
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (Exception fault) when (DatabaseFault.IsUnavailable(fault))
        {
            LostSince ??= LocalTime.Brief(Clock.GetUtcNow(), Zone, Clock.GetUtcNow());
        }
    }

    private async Task ReadOnceAsync()
    {
        var actor = await WhoAsync(left);
        if (actor is not null)
        {
            (Zone, Language) = (actor.TimeZone, actor.Language);
            ReaderLanguage.Set(Language); // before the reading: the rows are made of words
        }

        SignedOut = actor is null || !await ReadAsync(actor, left);
    }

    /// <summary>The reader's zone, as of the last reading.</summary>
    protected TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>The reader's language, as of the last reading.</summary>
    protected string Language { get; private set; } = Say.Language;

    /// <summary>"02:14" in the reader's own zone.</summary>
    protected string Time(DateTimeOffset time) => LocalTime.Brief(time, Zone, Clock.GetUtcNow());
}
