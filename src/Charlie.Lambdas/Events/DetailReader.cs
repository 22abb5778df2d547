using System.Text.Json;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Events;

/// <summary>Reads the fields of an event's detail strictly: some end in a tag, an alert or a URL.</summary>
internal readonly struct DetailReader
{
    private readonly JsonElement detail;

    /// <exception cref="InvalidEventException">The event has no detail object.</exception>
    public DetailReader(EventEnvelope envelope) =>
        detail = envelope.Detail.ValueKind == JsonValueKind.Object
            ? envelope.Detail
            : throw new InvalidEventException("detail must be an object");

    public bool Has(string name) => Fields.Has(detail, name);

    /// <exception cref="InvalidEventException">The field is missing or does not match.</exception>
    public string Text(string name, Func<string, bool> matches, string allowed) =>
        Fields.Text(detail, name) is { } value && matches(value) ? value : throw Invalid(name, allowed);

    /// <summary>A text for people: whatever is in it becomes one line that is not too long; <c>null</c> where there is none.</summary>
    /// <exception cref="InvalidEventException">The field is no text.</exception>
    public string? Line(string name, int length) =>
        Has(name) && SingleLineText.Of(Text(name, _ => true, "a text"), length).Trim() is { Length: > 0 } line ? line : null;

    /// <inheritdoc cref="Text"/>
    public Release Release(string name) =>
        Decisions.Release.TryParse(Fields.Text(detail, name), out var release)
            ? release
            : throw Invalid(name, "a release as \"1048576.77001\" (pipelineId.jobId)");

    /// <inheritdoc cref="Text"/>
    public DateTimeOffset Instant(string name, Func<DateTimeOffset, bool> matches, string allowed) =>
        Fields.Instant(detail, name) is { } value && matches(value) ? value : throw Invalid(name, allowed);

    /// <inheritdoc cref="Text"/>
    public long Positive(string name) =>
        Fields.Number(detail, name) is > 0 and var number ? number : throw Invalid(name, "a positive integer");

    /// <inheritdoc cref="Text"/>
    public void Exactly(string name, string value)
    {
        if (Fields.Text(detail, name) != value)
        {
            throw Invalid(name, $"'{value}'");
        }
    }

    /// <inheritdoc cref="Text"/>
    public void Exactly(string name, long value)
    {
        if (Fields.Number(detail, name) != value)
        {
            throw Invalid(name, $"{value}");
        }
    }

    private InvalidEventException Invalid(string name, string allowed) =>
        new($"detail.{name} must be {allowed}; it is {Fields.Show(detail, name)}");
}
