namespace PeerSupport.Domain;

/// <summary>An expected "no" from a use case. A page shows <see cref="Sentence"/>; tests compare the named value.</summary>
/// <param name="Code">Stable name, safe to log: it never carries anything a person typed.</param>
/// <param name="English">What the reader is told, in plain words.</param>
/// <param name="Spanish">The same in Spanish.</param>
public sealed record Refusal(string Code, string English, string Spanish)
{
    /// <summary>In the reader's language.</summary>
    public string Sentence => Say.T(English, Spanish);
}

/// <summary>The outcome of a use case that returns nothing but "done" or a refusal.</summary>
public readonly record struct Result(Refusal? Refusal)
{
    /// <summary>It was done and committed.</summary>
    public static Result Done => default;

    /// <summary>True when the use case did what was asked.</summary>
    public bool Succeeded => Refusal is null;

    public static implicit operator Result(Refusal refusal) => new(refusal);
}

/// <summary>The outcome of a use case: a value, or the reason there is none.</summary>
/// <typeparam name="T">What the use case yields.</typeparam>
public readonly struct Result<T>
{
    private readonly T? value;

    private Result(T? value, Refusal? refusal) => (this.value, Refusal) = (value, refusal);

    /// <summary>Why not; null when it succeeded.</summary>
    public Refusal? Refusal { get; }

    /// <summary>True when there is a value.</summary>
    public bool Succeeded => Refusal is null;

    /// <summary>The value. Asking for it after a refusal is a defect and throws.</summary>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"Refused: {Refusal.Code}");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
