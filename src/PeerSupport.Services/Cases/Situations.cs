using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerSupport.Domain.Cases;
using PeerSupport.Services.Persistence;

namespace PeerSupport.Services.Cases;

/// <summary>The catalogue with its names, to turn codes into words in the reader's language.</summary>
public sealed class SituationNames(IReadOnlyList<SituationCategory> categories, IReadOnlyList<SituationType> types)
{
    private readonly Dictionary<int, SituationCategory> categoriesById = categories.ToDictionary(c => c.Id);
    private readonly Dictionary<int, SituationType> typesById = types.ToDictionary(t => t.Id);

    /// <summary>What is offered for a new case: categories that still have a type.</summary>
    public IReadOnlyList<SituationCategory> Categories { get; } = [.. categories.Where(category => !category.Retired && types.Any(type => type.CategoryId == category.Id && !type.Retired))];

    /// <summary>What is offered for a new case. Retired ones keep their names below, for the cases that carry them.</summary>
    public IReadOnlyList<SituationType> Types { get; } = [.. types.Where(type => !type.Retired && categories.Any(category => category.Id == type.CategoryId && !category.Retired))];

    /// <summary>Name of a category in "en" or "es".</summary>
    public string Category(int id, string language) =>
        categoriesById.TryGetValue(id, out var category) ? (language == "es" ? category.Spanish : category.English) : "";

    /// <summary>Name of a type in "en" or "es".</summary>
    public string Type(int id, string language) =>
        typesById.TryGetValue(id, out var type) ? (language == "es" ? type.Spanish : type.English) : "";
}

/// <summary>Reads the catalogue; it changes rarely, so a minute's age is fine. When it is old, one reads it for all who ask.</summary>
public sealed class Situations(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private Task<Reading>? last;

    /// <summary>The catalogue.</summary>
    public async ValueTask<SituationNames> NamesAsync(CancellationToken cancellationToken)
    {
        Task<Reading> reading;
        lock (gate)
        {
            if (last is null || (last.IsCompleted && (!last.IsCompletedSuccessfully || clock.GetUtcNow() - last.Result.ReadAt >= Fresh)))
                last = Task.Run(ReadAsync, CancellationToken.None); // for all, so nobody's leaving ends it
            reading = last;
        }

        return (await reading.WaitAsync(cancellationToken)).Names;
    }

    private async Task<Reading> ReadAsync()
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PeerSupportContext>();
        return new(
            new SituationNames(await db.SituationCategories.AsNoTracking().OrderBy(c => c.Id).ToListAsync(), await db.SituationTypes.AsNoTracking().OrderBy(t => t.Id).ToListAsync()),
            now);
    }

    private sealed record Reading(SituationNames Names, DateTimeOffset ReadAt);
}
