using System.Globalization;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>The operations on the versions of launch templates.</summary>
internal sealed class LaunchTemplateVersionApi(CloudContext context, Ec2Resources ec2)
{
    private const int LargestPage = 200;
    private const int MaxDescription = 255;
    private const int MaxVersionsNamed = 200;

    private readonly ClientTokens<LaunchTemplateVersion> tokens = new();

    public static string? Description(QueryParameters parameters) =>
        parameters.Text("VersionDescription") is { Length: > MaxDescription } text
            ? throw Ec2Errors.InvalidValue("VersionDescription", text, $"It has at most {MaxDescription} characters.")
            : parameters.Text("VersionDescription");

    public AwsResponse Create(AwsRequest request, QueryParameters parameters)
    {
        var version = tokens.Once(request, () =>
        {
            var template = ec2.LaunchTemplates.Get(parameters);
            var given = LaunchTemplateData.Read(parameters);
            var source = parameters.Text("SourceVersion") is { Length: > 0 } number ? Find(template, number) : null;
            return ec2.LaunchTemplates.AddVersion(template, source?.Data.Derive(given) ?? given, Description(parameters));
        });
        return XmlResponse.Ec2(request, xml => xml.Element("launchTemplateVersion", _ => Write(xml, version)), version);
    }

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var named = parameters.List("LaunchTemplateVersion");
        var range = (Min: Number(parameters, "MinVersion"), Max: Number(parameters, "MaxVersion"));
        var filters = Filters.Read(
            parameters, "create-time", "ebs-optimized", "host-resource-group-arn", "iam-instance-profile", "image-id",
            "instance-type", "is-default-version", "kernel-id", "license-configuration-arn", "ram-disk-id");
        var candidates = Candidates(parameters, named);
        if (range is not (null, null) || !filters.IsEmpty)
        {
            candidates = candidates
                .Where(version => version.Number >= (range.Min ?? 0) && version.Number <= (range.Max ?? int.MaxValue))
                .Where(version => filters.Match(name => ValuesOf(version, name)));
        }

        var page = Paging.Take(
            candidates, version => $"{version.Template.Id}/{Paging.Key(int.MaxValue - version.Number)}",
            parameters.Text("NextToken"), parameters.Integer("MaxResults", 1, LargestPage) ?? LargestPage, Ec2Errors.InvalidToken);
        return XmlResponse.Ec2(request, xml =>
        {
            xml.List("launchTemplateVersionSet", "item", page.Items, version => Write(xml, version));
            xml.Element("nextToken", page.NextToken);
        }, page);
    }

    public AwsResponse Delete(AwsRequest request, QueryParameters parameters)
    {
        var template = ec2.LaunchTemplates.Get(parameters);
        var named = parameters.List("LaunchTemplateVersion");
        if (named.Count is 0 or > MaxVersionsNamed)
        {
            throw named.Count == 0
                ? Ec2Errors.Instance.Missing("LaunchTemplateVersion")
                : Ec2Errors.Instance.OutOfRange("LaunchTemplateVersion", named.Count, 1, MaxVersionsNamed);
        }

        var outcomes = named.Select(name => (Number: ParseNumber("LaunchTemplateVersion", name), Name: name))
            .Select(version => (version.Number, Error: Remove(template, version.Number, version.Name))).ToList();
        return XmlResponse.Ec2(request, xml =>
        {
            xml.List("successfullyDeletedLaunchTemplateVersionSet", "item", outcomes.Where(one => one.Error is null), one =>
                WriteOutcome(xml, template, one));
            xml.List("unsuccessfullyDeletedLaunchTemplateVersionSet", "item", outcomes.Where(one => one.Error is not null),
                one => WriteOutcome(xml, template, one));
        });
    }

    private static LaunchTemplateVersion Find(LaunchTemplate template, string version) =>
        template.Find(version) ?? throw Ec2Errors.VersionNotFound(template.Id, version);

    /// <summary>Newest first, as EC2 lists versions; without a template, <c>$Latest</c> and <c>$Default</c> of every one.</summary>
    private IEnumerable<LaunchTemplateVersion> Candidates(QueryParameters parameters, IReadOnlyList<string> named)
    {
        var templates = ec2.LaunchTemplates;
        if (parameters.Has("LaunchTemplateId") || parameters.Has("LaunchTemplateName"))
        {
            var template = templates.Get(parameters);
            return named.Count > 0
                ? named.Select(version => Find(template, version)).Distinct().OrderByDescending(version => version.Number)
                : template.Versions.Reverse();
        }

        if (named.Count == 0 || named.Any(version => version is not ("$Latest" or "$Default")))
        {
            throw new AwsException(
                named.Count == 0 ? "MissingParameter" : "InvalidParameterValue",
                "When no launch template ID or name is specified, the versions must be $Latest, $Default, or both.");
        }

        return templates.All.SelectMany(template =>
            named.Select(version => Find(template, version)).Distinct().OrderByDescending(version => version.Number));
    }

    private static int? Number(QueryParameters parameters, string name) =>
        parameters.Text(name) is { Length: > 0 } text ? ParseNumber(name, text) : null;

    private static int ParseNumber(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Ec2Errors.Instance.Malformed(name, text, "the number of a version");

    private (string Code, string Message)? Remove(LaunchTemplate template, int number, string name)
    {
        if (template.Find(number) is not { } version)
        {
            return ("launchTemplateVersionDoesNotExist", Ec2Errors.VersionNotFound(template.Id, name).Message);
        }

        if (version.IsDefault)
        {
            return ("unexpectedError", $"The default version {name} of the launch template with ID {template.Id} cannot be deleted.");
        }

        template.Remove(number);
        context.Record("ec2", "LaunchTemplateVersionDeleted", template.Id, $"version {name} of launch template {template.Name} deleted");
        return null;
    }

    private static IEnumerable<string> ValuesOf(LaunchTemplateVersion version, string filter)
    {
        var value = filter switch
        {
            "create-time" => AwsTime.Precise(version.CreateTime),
            "is-default-version" => version.IsDefault ? "true" : "false",
            "image-id" => version.Data.ImageId,
            "instance-type" => version.Data["InstanceType"]?.Value,
            "ebs-optimized" => version.Data["EbsOptimized"]?.Value,
            "kernel-id" => version.Data["KernelId"]?.Value,
            "ram-disk-id" => version.Data["RamDiskId"]?.Value,
            "iam-instance-profile" => version.Data["IamInstanceProfile"]?["Arn"]?.Value,
            "host-resource-group-arn" => version.Data["Placement"]?["HostResourceGroupArn"]?.Value,
            _ => version.Data["LicenseSpecification"]?.Items.Select(item => item["LicenseConfigurationArn"]?.Value).FirstOrDefault(),
        };
        return value is null ? [] : [value];
    }

    private static void WriteOutcome(XmlResponse xml, LaunchTemplate template, (int Number, (string Code, string Message)? Error) one)
    {
        xml.Element("launchTemplateId", template.Id);
        xml.Element("launchTemplateName", template.Name);
        xml.Element("versionNumber", one.Number);
        if (one.Error is var (code, message))
        {
            xml.Element("responseError", error =>
            {
                error.Element("code", code);
                error.Element("message", message);
            });
        }
    }

    private static void Write(XmlResponse xml, LaunchTemplateVersion version)
    {
        xml.Element("launchTemplateId", version.Template.Id);
        xml.Element("launchTemplateName", version.Template.Name);
        xml.Element("versionNumber", version.Number);
        xml.Element("versionDescription", version.Description);
        xml.Element("createTime", version.CreateTime);
        xml.Element("createdBy", $"arn:aws:iam::{Account.Id}:root");
        xml.Element("defaultVersion", version.IsDefault);
        xml.Element("launchTemplateData", version.Data.Write);
    }
}
