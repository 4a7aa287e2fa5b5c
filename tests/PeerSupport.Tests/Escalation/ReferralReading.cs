using System.Text.Json;

namespace PeerSupport.Tests.Escalation;

/// <summary>
/// A referral read without the library that wrote it: from the JSON alone, by the tables of FHIR R4 (4.0.1), kept here by
/// hand.
/// </summary>
internal sealed class ReferralReading
{
    /// <summary>Elements with minimum cardinality 1, by the path of the object they stand in.</summary>
    private static readonly Dictionary<string, string[]> Required = new(StringComparer.Ordinal)
    {
        ["Bundle"] = ["type"],
        ["ServiceRequest"] = ["status", "intent", "subject"],
        ["Consent"] = ["status", "scope", "category"],
        ["Consent.provision.actor"] = ["role", "reference"],
        ["Consent.provision.data"] = ["meaning", "reference"],
        ["Patient.communication"] = ["language"],
        ["Patient"] = [],
        ["Practitioner"] = [],
    };

    /// <summary>Every element this referral may have, with its JSON kind; [] is a list. Anything else fails.</summary>
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["Bundle"] = ["resourceType", "meta", "type", "entry[]"],
        ["Bundle.entry"] = ["fullUrl", "resource"],
        ["ServiceRequest"] =
        [
            "resourceType", "meta", "identifier[]", "supportingInfo[]", "status", "intent", "category[]", "code", "orderDetail[]", "subject", "authoredOn", "requester",
            "performer[]", "reasonCode[]",
        ],
        ["Patient"] = ["resourceType", "meta", "name[]", "telecom[]", "communication[]"],
        ["Patient.communication"] = ["language", "preferred"],
        ["Practitioner"] = ["resourceType", "name[]", "telecom[]"],
        ["Consent"] = ["resourceType", "meta", "status", "scope", "category[]", "patient", "dateTime", "performer[]", "policyRule", "provision"],
        ["Consent.provision"] = ["type", "period", "actor[]", "action[]", "purpose[]", "data[]"],
        ["Consent.provision.actor"] = ["role", "reference"],
        ["Consent.provision.data"] = ["meaning", "reference"],
        ["meta"] = ["security[]"],
        ["identifier"] = ["system", "value"],
        ["reference"] = ["reference"],
        ["concept"] = ["coding[]", "text"],
        ["coding"] = ["system", "code", "display"],
        ["name"] = ["text"],
        ["telecom"] = ["system", "value", "use"],
        ["period"] = ["start"],
    };

    /// <summary>Which of the small types an element is.</summary>
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["meta"] = "meta",
        ["identifier"] = "identifier",
        ["subject"] = "reference",
        ["requester"] = "reference",
        ["performer"] = "reference",
        ["patient"] = "reference",
        ["supportingInfo"] = "reference",
        ["reference"] = "reference",
        ["category"] = "concept",
        ["code"] = "concept",
        ["orderDetail"] = "concept",
        ["reasonCode"] = "concept",
        ["scope"] = "concept",
        ["policyRule"] = "concept",
        ["language"] = "concept",
        ["role"] = "concept",
        ["action"] = "concept",
        ["security"] = "coding",
        ["coding"] = "coding",
        ["purpose"] = "coding",
        ["name"] = "name",
        ["telecom"] = "telecom",
        ["period"] = "period",
    };

    private readonly List<(string Path, string Value)> strings = [];
    private readonly List<string> references = [];
    private readonly List<string> addresses = [];
    private readonly List<string> findings = [];

    private ReferralReading(JsonElement root) => Object("Bundle", root);

    /// <summary>Every string with where it stands.</summary>
    public IReadOnlyList<(string Path, string Value)> Strings => strings;

    /// <summary>What is wrong by the tables.</summary>
    public IReadOnlyList<string> Findings => findings;

    public static ReferralReading Of(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var reading = new ReferralReading(document.RootElement);
        reading.References();
        return reading;
    }

    private void References()
    {
        if (addresses.Distinct(StringComparer.Ordinal).Count() != addresses.Count)
            findings.Add("two entries have one address");
        findings.AddRange(addresses.Where(address => !address.StartsWith("urn:uuid:", StringComparison.Ordinal) || !Guid.TryParse(address[9..], out _)).Select(address => $"{address} is no uuid"));
        findings.AddRange(references.Where(reference => !addresses.Contains(reference, StringComparer.Ordinal)).Select(reference => $"{reference} leads nowhere"));
        // The request leads to all others: nothing is in the bundle that is not part of the referral.
        findings.AddRange(addresses.Skip(1).Where(address => !references.Contains(address, StringComparer.Ordinal)).Select(address => $"nothing leads to {address}"));
    }

    private void Object(string path, JsonElement element)
    {
        if (path is "resource")
            path = element.GetProperty("resourceType").GetString()!;
        if (element.ValueKind != JsonValueKind.Object || !Known.TryGetValue(path, out var known))
        {
            findings.Add($"{path} is unknown");
            return;
        }

        if (!element.EnumerateObject().Any())
            findings.Add($"{path} is empty");
        foreach (var name in Required.GetValueOrDefault(path, []))
            if (!element.TryGetProperty(name, out _))
                findings.Add($"{path}.{name} is missing");
        foreach (var property in element.EnumerateObject())
            Property(path, known, property);
    }

    private void Property(string path, string[] known, JsonProperty property)
    {
        var list = known.Contains(property.Name + "[]", StringComparer.Ordinal);
        if (!list && !known.Contains(property.Name, StringComparer.Ordinal))
        {
            findings.Add($"{path}.{property.Name} is not expected");
            return;
        }

        if (list != (property.Value.ValueKind == JsonValueKind.Array))
            findings.Add($"{path}.{property.Name} is {property.Value.ValueKind}");
        if (!list)
            Value(path, property.Name, property.Value);
        else if (property.Value.GetArrayLength() == 0)
            findings.Add($"{path}.{property.Name} is empty");
        else
            foreach (var item in property.Value.EnumerateArray())
                Value(path, property.Name, item);
    }

    private void Value(string path, string name, JsonElement value)
    {
        var here = $"{path}.{name}";
        if (value.ValueKind == JsonValueKind.Object)
        {
            Object(name is "resource" or "entry" && path.StartsWith("Bundle", StringComparison.Ordinal) ? (name == "entry" ? here : name)
                : Known.ContainsKey(here) ? here
                : Types.GetValueOrDefault(name, here), value);
            return;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return;
        var text = value.GetString()!;
        // R4: [ \r\n\t\S]+, and no code point below 32 but those three.
        if (text.Length == 0 || text.Any(character => character < ' ' && character is not ('\t' or '\n' or '\r')) || text != text.Trim() || text.Contains('\uFFFE', StringComparison.Ordinal))
            findings.Add($"{here} is no FHIR string");
        strings.Add((here, text));
        if (here == "Bundle.entry.fullUrl")
            addresses.Add(text);
        else if (path == "reference")
            references.Add(text);
    }
}
