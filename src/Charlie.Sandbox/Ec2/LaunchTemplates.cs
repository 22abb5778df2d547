using System.Text.RegularExpressions;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>The account's launch templates.</summary>
public sealed partial class LaunchTemplates
{
    private readonly CloudContext context;
    private readonly SortedDictionary<string, LaunchTemplate> byId = new(StringComparer.Ordinal);

    internal LaunchTemplates(CloudContext context) => this.context = context;

    /// <summary>Ascending by id.</summary>
    public IReadOnlyCollection<LaunchTemplate> All => byId.Values;

    public LaunchTemplate? FindId(string id) => byId.GetValueOrDefault(id);

    public LaunchTemplate? FindName(string name) => byId.Values.FirstOrDefault(template => template.Name == name);

    internal LaunchTemplate GetId(string id) => FindId(id)
        ?? throw (IdShape.IsMatch(id) ? Ec2Errors.TemplateIdNotFound(id) : Ec2Errors.TemplateIdMalformed(id));

    internal LaunchTemplate GetName(string name) => FindName(name) ?? throw Ec2Errors.TemplateNameNotFound(name);

    /// <summary>The template that a request means by exactly one of <c>LaunchTemplateId</c> and <c>LaunchTemplateName</c>.</summary>
    internal LaunchTemplate Get(QueryParameters request) => (request.Text("LaunchTemplateId"), request.Text("LaunchTemplateName")) switch
    {
        (null, null) => throw new AwsException(
            "MissingParameter", "Either a launch template ID or a launch template name must be specified in the request."),
        (not null, not null) =>
            throw new AwsException(
            "InvalidParameterCombination", "Both launch template ID and launch template name cannot be specified in the request."),
        ({ } id, _) => GetId(id),
        (_, { } name) => GetName(name),
    };

    internal LaunchTemplate Create(string name, LaunchTemplateData data, string? description, IReadOnlyDictionary<string, string> tags)
    {
        if (!NameShape.IsMatch(name))
        {
            throw Ec2Errors.TemplateNameMalformed();
        }

        if (FindName(name) is not null)
        {
            throw Ec2Errors.TemplateNameTaken();
        }

        var template = new LaunchTemplate(context.Ids.Resource("lt"), name, context.Time.GetUtcNow());
        template.Tags.Put(tags);
        byId.Add(template.Id, template);
        AddVersion(template, data, description);
        return template;
    }

    internal LaunchTemplateVersion AddVersion(LaunchTemplate template, LaunchTemplateData data, string? description)
    {
        var version = template.Add(data, description, context.Time.GetUtcNow());
        context.Record(
            "ec2", "LaunchTemplateVersionCreated", template.Id, $"version {version.Number} of launch template {template.Name} created",
            new Dictionary<string, string>(data.InstanceTags) { ["version"] = $"{version.Number}" });
        return version;
    }

    internal void Delete(LaunchTemplate template)
    {
        byId.Remove(template.Id);
        context.Record("ec2", "LaunchTemplateDeleted", template.Id, $"launch template {template.Name} deleted");
    }

    internal static bool IsId(string id) => id.StartsWith("lt-", StringComparison.Ordinal);

    [GeneratedRegex(@"^lt-([0-9a-f]{8}|[0-9a-f]{17})\z")]
    private static partial Regex IdShape { get; }

    [GeneratedRegex(@"^[a-zA-Z0-9().\-/_]{3,128}\z")]
    private static partial Regex NameShape { get; }
}
