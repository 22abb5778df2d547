using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Lambdas;

namespace Charlie.Operations.Stack;

/// <summary>What the stack of an app is made of, as its parameter <c>/charlie/&lt;app&gt;/stack</c> says.</summary>
/// <param name="Name">The CloudFormation stack's name.</param>
/// <param name="Settings">The functions' own settings.</param>
internal sealed record StackDescription(
    string Name,
    string Bus,
    string Topic,
    string Queue,
    string Refresh,
    string Lifecycle,
    string Notify,
    string RefreshLogs,
    string LifecycleLogs,
    string LifecycleSecurityGroup,
    Settings Settings)
{
    /// <summary>The ARN of the machines' role; <c>null</c> where the stack was given none.</summary>
    public string? InstanceRole { get; init; }

    /// <summary>The ARN of the secret with GitLab's token; <c>null</c> where GitLab is told nothing, and of an older stack.</summary>
    public string? GitLabSecret { get; init; }

    /// <summary>The log group that keeps the reports; <c>null</c> in the parameter of an older stack.</summary>
    public string? ReportLogs { get; init; }

    /// <summary>The network that Lifecycle is in; <c>null</c> in the parameter of an older stack.</summary>
    public string? Vpc { get; init; }

    /// <summary>Lifecycle's subnets.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];

    /// <summary>The shape of the parameter that this command reads.</summary>
    private const int Shape = 1;

    public static string ParameterOf(string app) => $"/charlie/{app}/stack";

    /// <exception cref="OperationException">The text is not what a stack of this version writes.</exception>
    public static StackDescription Read(string app, string text)
    {
        try
        {
            var document = JsonNode.Parse(text)!;
            var shape = (int?)document["shape"];
            return shape == Shape ? Of(document) : throw Wrong(app, $"its shape is {shape}, and this command reads shape {Shape}");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or SettingsException or FormatException
            or NullReferenceException)
        {
            throw Wrong(app, error is SettingsException ? error.Message : "it is not the JSON that the stack writes");
        }
    }

    private static StackDescription Of(JsonNode document)
    {
        var settings = document["settings"]!.AsObject();
        return new StackDescription(
            Text("stack"),
            Text("bus"),
            Text("topic"),
            Text("queue"),
            Text("refresh"),
            Text("lifecycle"),
            Text("notify"),
            Text("refreshLogs"),
            Text("lifecycleLogs"),
            Text("lifecycleSecurityGroup"),
            Settings.Read(name => (string?)settings[name]))
        {
            InstanceRole = (string?)document["instanceRole"] is { Length: > 0 } role ? role : null,
            GitLabSecret = (string?)document["gitLabSecret"] is { Length: > 0 } secret ? secret : null,
            ReportLogs = (string?)document["reportLogs"],
            Vpc = (string?)document["vpc"],
            Subnets = ((string?)document["subnets"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries),
        };

        string Text(string name) => (string)document[name]!;
    }

    private static OperationException Wrong(string app, string why) =>
        new($"Parameter {ParameterOf(app)} cannot be used: {why}. Update the stack, or take the charlie of its version.");
}
