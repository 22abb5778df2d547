using System.Globalization;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>The operations on launch templates as such.</summary>
internal sealed class LaunchTemplateApi(CloudContext context, Ec2Resources ec2)
{
    private const int LargestPage = 200;

    private readonly ClientTokens<LaunchTemplate> tokens = new();
    private readonly ClientTokens<LaunchTemplate> modified = new();

    public AwsResponse Create(AwsRequest request, QueryParameters parameters)
    {
        var template = tokens.Once(request, () => ec2.LaunchTemplates.Create(
            parameters.Required("LaunchTemplateName"),
            LaunchTemplateData.Read(parameters),
            LaunchTemplateVersionApi.Description(parameters),
            Tags(parameters)));
        return XmlResponse.Ec2(request, xml => xml.Element("launchTemplate", _ => Write(xml, template)), template);
    }

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var templates = ec2.LaunchTemplates;
        var ids = parameters.List("LaunchTemplateId").Select(templates.GetId).ToHashSet();
        var names = parameters.List("LaunchTemplateName").Select(templates.GetName).ToHashSet();
        var filters = Filters.Read(parameters, "launch-template-name", "create-time", "tag:", "tag-key");
        var matching = templates.All
            .Where(template => (ids.Count == 0 && names.Count == 0) || ids.Contains(template) || names.Contains(template))
            .Where(template => filters.Match(name => ValuesOf(template, name)));
        var page = Paging.Take(
            matching, template => template.Id, parameters.Text("NextToken"),
            parameters.Integer("MaxResults", 1, LargestPage) ?? LargestPage, Ec2Errors.InvalidToken);
        return XmlResponse.Ec2(request, xml =>
        {
            xml.List("launchTemplates", "item", page.Items, template => Write(xml, template));
            xml.Element("nextToken", page.NextToken);
        }, page);
    }

    public AwsResponse Modify(AwsRequest request, QueryParameters parameters)
    {
        var template = modified.Once(request, () => SetDefault(parameters));
        return XmlResponse.Ec2(request, xml => xml.Element("launchTemplate", _ => Write(xml, template)));
    }

    private LaunchTemplate SetDefault(QueryParameters parameters)
    {
        var template = ec2.LaunchTemplates.Get(parameters);
        var wanted = parameters.Required("SetDefaultVersion");
        var version = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? template.Find(number) ?? throw Ec2Errors.VersionNotFound(template.Id, wanted)
            : throw Ec2Errors.Instance.Malformed("SetDefaultVersion", wanted, "the number of a version");
        template.DefaultVersion = version.Number;
        context.Record("ec2", "DefaultVersionModified", template.Id,
            $"default version of launch template {template.Name} is {version.Number}");
        return template;
    }

    public AwsResponse Delete(AwsRequest request, QueryParameters parameters)
    {
        var template = ec2.LaunchTemplates.Get(parameters);
        ec2.LaunchTemplates.Delete(template);
        return XmlResponse.Ec2(request, xml => xml.Element("launchTemplate", _ => Write(xml, template)));
    }

    private static Dictionary<string, string> Tags(QueryParameters parameters)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var specification in parameters.Structures("TagSpecification"))
        {
            if (specification.Text("ResourceType") is not "launch-template" and var type)
            {
                throw new AwsException("InvalidParameterValue", $"'{type}' is not a valid taggable resource type for this operation.");
            }

            foreach (var (key, value) in ResourceTags.Read(specification.Structures("Tag")))
            {
                tags[key] = value;
            }
        }

        return tags;
    }

    private static IEnumerable<string> ValuesOf(LaunchTemplate template, string filter) => filter switch
    {
        "launch-template-name" => [template.Name],
        "create-time" => [AwsTime.Precise(template.CreateTime)],
        _ => Filters.TagValues(filter, template.Tags),
    };

    private static void Write(XmlResponse xml, LaunchTemplate template)
    {
        xml.Element("launchTemplateId", template.Id);
        xml.Element("launchTemplateName", template.Name);
        xml.Element("createTime", template.CreateTime);
        xml.Element("createdBy", $"arn:aws:iam::{Account.Id}:root");
        xml.Element("defaultVersionNumber", template.DefaultVersion);
        xml.Element("latestVersionNumber", template.LatestVersion);
        ResourceTags.Write(xml, template.Tags.All);
    }
}
