using System.Text.Json;
using System.Text.Json.Serialization;

namespace Charlie.Lambdas.GitLab;

/// <summary>The JSON that GitLab takes and gives, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DeploymentUpdate))]
[JsonSerializable(typeof(CommitStatus))]
[JsonSerializable(typeof(ShownStatus[]))]
internal sealed partial class GitLabJson : JsonSerializerContext;

/// <summary>A deployment's status, as an update gives it and GitLab shows it.</summary>
internal sealed record DeploymentUpdate(string Status);

/// <summary>The body of a commit's status. Without its pipeline it would go to the commit's newest.</summary>
internal sealed record CommitStatus(string State, string Name, long PipelineId, string TargetUrl, string Description);

/// <summary>A commit's status as GitLab shows it.</summary>
internal sealed record ShownStatus(long Id, string? Status, string? TargetUrl, string? Description);
