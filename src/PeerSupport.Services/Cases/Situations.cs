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

/// <summary>Reads the catalogue; it changes rarely, so a minute's age is fine.</summary>
public sealed class Situations(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private volatile Reading? last;

    /// <summary>The catalogue.</summary>
    public async ValueTask<SituationNames> NamesAsync(CancellationToken cancellationToken)
    {
        if (last is { } recent && clock.GetUtcNow() - recent.ReadAt < Fresh)
            return recent.Names;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PeerSupportContext>();
        var names = new SituationNames(
            await db.SituationCategories.AsNoTracking().OrderBy(c => c.Id).ToListAsync(cancellationToken),
            await db.SituationTypes.AsNoTracking().OrderBy(t => t.Id).ToListAsync(cancellationToken));
        last = new Reading(names, clock.GetUtcNow());
        return names;
    }

    /// <summary>Replaced as a whole: many requests read it at the same moment.</summary>
    private sealed record Reading(SituationNames Names, DateTimeOffset ReadAt);
}
