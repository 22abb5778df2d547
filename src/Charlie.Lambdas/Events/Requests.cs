using System.Text.Json;
using System.Text.RegularExpressions;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Events;

/// <summary>What an event may name, from the stack's parameters.</summary>
/// <param name="ImageRepository">The one repository that images come from.</param>
/// <param name="ProjectUrl">The one GitLab project, without a slash at its end.</param>
internal sealed record AllowedOrigin(string App, string ImageRepository, long ProjectId, string ProjectUrl);

/// <summary>An event's detail that cannot be followed, and what is wrong with it.</summary>
internal sealed class InvalidEventException(string message) : Exception(message);

/// <summary>
/// Reads the events that ask for something. Each field is matched strictly before it is used: some end in a tag, an
/// alert or a URL.
/// </summary>
internal static partial class Requests
{
    // Room for who asked, the release and the time beside it in a tag of 256 characters.
    private const int ReasonLength = 160;

    /// <exception cref="InvalidEventException">A field is missing or not what it must be.</exception>
    public static Push ReadPush(EventEnvelope envelope, AllowedOrigin allowed, DateTimeOffset now)
    {
        var detail = Detail(envelope);
        Check(detail, "app", Fields.Text(detail, "app") == allowed.App, $"'{allowed.App}'");
        var image = Match(
            detail,
            "image",
            value => value.StartsWith(allowed.ImageRepository + "@", StringComparison.Ordinal)
                && Digest().IsMatch(value.AsSpan(allowed.ImageRepository.Length + 1)),
            $"{allowed.ImageRepository}@sha256: and 64 hexadecimal digits (an image by its digest, from that repository)");
        var commit = Match(detail, "commit", value => Commit().IsMatch(value), "40 hexadecimal digits in lower case");
        Match(detail, "ref", value => Ref().IsMatch(value), "a branch or tag name");
        if (Fields.Has(detail, "tag"))
        {
            Match(detail, "tag", value => Tag().IsMatch(value), "an image tag");
        }

        var release = new Release(Positive(detail, "pipelineId"), Positive(detail, "jobId"));
        var pipelineUrl = $"{allowed.ProjectUrl}/-/pipelines/{release.PipelineId}";
        Match(detail, "pipelineUrl", value => value == pipelineUrl, pipelineUrl);
        Check(detail, "projectId", Fields.Number(detail, "projectId") == allowed.ProjectId, $"{allowed.ProjectId}");
        return new Push(release, image, commit, pipelineUrl, allowed.ProjectId, Time(envelope, now));
    }

    /// <exception cref="InvalidEventException">A field is missing or not what it must be.</exception>
    public static RollbackRequest ReadRollback(EventEnvelope envelope, AllowedOrigin allowed, DateTimeOffset now)
    {
        var detail = Detail(envelope);
        Check(detail, "app", Fields.Text(detail, "app") == allowed.App, $"'{allowed.App}'");
        var reason = Match(detail, "reason", value => !string.IsNullOrWhiteSpace(value), "a sentence that says why");
        return new RollbackRequest(
            ReadRelease(detail, "fromRelease"),
            Fields.Has(detail, "toRelease") ? ReadRelease(detail, "toRelease") : null,
            Printable.Of(reason, ReasonLength),
            Time(envelope, now));
    }

    private static JsonElement Detail(EventEnvelope envelope) =>
        envelope.Detail.ValueKind == JsonValueKind.Object
            ? envelope.Detail
            : throw new InvalidEventException("detail must be an object");

    private static Release ReadRelease(JsonElement detail, string name) =>
        Release.TryParse(Fields.Text(detail, name), out var release)
            ? release
            : throw Invalid(detail, name, "a release as \"1048576.77001\" (pipelineId.jobId)");

    // EventBridge takes the sender's word for the time; a time to come would outlive every deadline.
    private static DateTimeOffset Time(EventEnvelope envelope, DateTimeOffset now) =>
        envelope.Time is { } at
            ? at < now ? at : now
            : throw new InvalidEventException("time must be the event's time in ISO 8601");

    private static long Positive(JsonElement detail, string name) =>
        Fields.Number(detail, name) is > 0 and var number ? number : throw Invalid(detail, name, "a positive integer");

    private static string Match(JsonElement detail, string name, Func<string, bool> matches, string allowed) =>
        Fields.Text(detail, name) is { } value && matches(value) ? value : throw Invalid(detail, name, allowed);

    private static void Check(JsonElement detail, string name, bool matches, string allowed)
    {
        if (!matches)
        {
            throw Invalid(detail, name, allowed);
        }
    }

    private static InvalidEventException Invalid(JsonElement detail, string name, string allowed) =>
        new($"detail.{name} must be {allowed}; it is {Fields.Show(detail, name)}");

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z")]
    private static partial Regex Digest();

    [GeneratedRegex(@"\A[0-9a-f]{40}\z")]
    private static partial Regex Commit();

    // Git itself allows no empty part and no two dots in a name.
    [GeneratedRegex(@"\A(?!.*(\.\.|//))[A-Za-z0-9][A-Za-z0-9._/+#-]{0,254}(?<![./])\z")]
    private static partial Regex Ref();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex Tag();
}
