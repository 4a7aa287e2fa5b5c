namespace PeerSupport.Domain.Cases;

/// <summary>The catalogue every installation starts with. A type's id is its category's id times 100 plus its place.</summary>
public static class SituationCatalogue
{
    private static readonly (string English, string Spanish, (string English, string Spanish)[] Types)[] Seed =
    [
        ("After a hard call", "Tras un servicio difícil",
        [
            ("Critical incident", "Incidente crítico"),
            ("Officer-involved shooting", "Tiroteo con participación policial"),
            ("Call with a child", "Servicio con un menor"),
            ("Death at a scene", "Muerte en el lugar"),
            ("Serious crash", "Accidente grave"),
            ("Attack on an officer", "Agresión a un agente"),
        ]),
        ("Trauma exposure", "Exposición al trauma",
        [
            ("Many hard calls over time", "Muchos servicios difíciles con el tiempo"),
            ("Images that come back", "Imágenes que vuelven"),
            ("Work with abuse material", "Trabajo con material de abuso"),
            ("Disaster deployment", "Despliegue en un desastre"),
        ]),
        ("Loss and grief", "Pérdida y duelo",
        [
            ("Death in the family", "Muerte en la familia"),
            ("Line-of-duty death", "Muerte en acto de servicio"),
            ("Death of a colleague by suicide", "Suicidio de un colega"),
            ("Loss of a child or pregnancy", "Pérdida de un hijo o embarazo"),
        ]),
        ("Family and home", "Familia y hogar",
        [
            ("Separation or divorce", "Separación o divorcio"),
            ("Conflict at home", "Conflicto en casa"),
            ("Worry about a child", "Preocupación por un hijo"),
            ("Care of a parent or relative", "Cuidado de un familiar"),
            ("Money worries", "Preocupaciones económicas"),
        ]),
        ("Alcohol and substances", "Alcohol y sustancias",
        [
            ("Drinking", "Consumo de alcohol"),
            ("Medication", "Medicamentos"),
            ("Staying sober", "Mantenerse sobrio"),
        ]),
        ("Injury and illness", "Lesión y enfermedad",
        [
            ("Injury on duty", "Lesión en servicio"),
            ("Serious illness", "Enfermedad grave"),
            ("Long recovery or return to work", "Recuperación larga o regreso al trabajo"),
            ("Illness in the family", "Enfermedad en la familia"),
        ]),
        ("Work and discipline", "Trabajo y disciplina",
        [
            ("Internal investigation", "Investigación interna"),
            ("Conflict with a supervisor or colleague", "Conflicto con un superior o colega"),
            ("Transfer or passed over", "Traslado o promoción denegada"),
            ("Public or media attention", "Atención pública o mediática"),
            ("Retirement", "Jubilación"),
        ]),
        ("Sleep, stress and burnout", "Sueño, estrés y agotamiento",
        [
            ("Not sleeping", "No duerme"),
            ("Worn out", "Agotamiento"),
            ("Anxiety or panic", "Ansiedad o pánico"),
            ("Anger", "Ira"),
            ("Low mood", "Ánimo bajo"),
        ]),
        ("Thoughts of self-harm", "Pensamientos de hacerse daño",
        [
            ("Concern about self-harm", "Preocupación por autolesión"),
            ("After a crisis", "Después de una crisis"),
        ]),
        ("Something else", "Otra cosa",
        [
            ("Someone to talk to", "Alguien con quien hablar"),
            ("New to the job", "Nuevo en el trabajo"),
        ]),
    ];

    /// <summary>All categories, in the order they are offered.</summary>
    public static IReadOnlyList<SituationCategory> Categories { get; } =
        [.. Seed.Select((category, i) => new SituationCategory { Id = i + 1, English = category.English, Spanish = category.Spanish })];

    /// <summary>All types, in the order they are offered.</summary>
    public static IReadOnlyList<SituationType> Types { get; } =
    [
        .. Seed.SelectMany((category, i) => category.Types.Select((type, j) => new SituationType
        {
            Id = (i + 1) * 100 + j + 1,
            CategoryId = i + 1,
            English = type.English,
            Spanish = type.Spanish,
        })),
    ];
}
