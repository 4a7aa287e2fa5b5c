using System.Collections.Frozen;

namespace PeerSupport.Domain.People;

/// <summary>Where a peer's unit stands to an officer's unit.</summary>
public enum UnitRelation
{
    /// <summary>The same unit.</summary>
    Same = 1,

    /// <summary>A unit above it: the officer's chain of command.</summary>
    Above = 2,

    /// <summary>A unit below it: the officer may command there.</summary>
    Below = 3,
}

/// <summary>
/// Units and who commands whom. Says which units are too near an officer's for their peers to get the case (RCW 5.60.060:
/// a peer must not be in the officer's chain of command).
/// </summary>
public sealed class UnitTree
{
    private readonly FrozenDictionary<Guid, Guid?> parents;

    /// <summary>Units of any number of agencies.</summary>
    public UnitTree(IEnumerable<Unit> units) => parents = units.ToFrozenDictionary(unit => unit.Id, unit => unit.ParentId);

    /// <summary>A unit cannot stand under itself, by however many steps.</summary>
    public static readonly Refusal Loop = new("unit-loop", "A unit cannot stand under itself or under one of its own parts.", "Una unidad no puede depender de sí misma ni de una de sus partes.");

    /// <summary>The units that are too near this one, itself included; none for a unit that is not known.</summary>
    public IReadOnlyDictionary<Guid, UnitRelation> Near(Guid unit)
    {
        if (!parents.ContainsKey(unit))
            return FrozenDictionary<Guid, UnitRelation>.Empty;
        var near = new Dictionary<Guid, UnitRelation>();
        foreach (var other in parents.Keys.Where(other => Above(other).Contains(unit)))
            near[other] = UnitRelation.Below;
        foreach (var above in Above(unit))
            near[above] = UnitRelation.Above;
        near[unit] = UnitRelation.Same;
        return near;
    }

    /// <summary>Whether a unit may stand under another, or under none. Asked before a tree is changed.</summary>
    public Result MayStandUnder(Guid unit, Guid? parent) =>
        parent is { } above && (above == unit || Above(above).Contains(unit)) ? Loop : Result.Done;

    /// <summary>The units above one, the nearest first. Ends in a loop too, should one ever stand in the database.</summary>
    private List<Guid> Above(Guid unit)
    {
        List<Guid> above = [];
        for (var next = parents.GetValueOrDefault(unit); next is { } one && one != unit && !above.Contains(one); next = parents.GetValueOrDefault(one))
            above.Add(one);
        return above;
    }
}
