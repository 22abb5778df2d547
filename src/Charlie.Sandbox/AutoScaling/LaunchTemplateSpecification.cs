using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>What a group launches from, as it was given: the version is a number, <c>$Latest</c> or <c>$Default</c>.</summary>
public sealed record LaunchTemplateSpecification(string Id, string Name, string Version)
{
    private const string Prefix = "You must use a valid fully-formed launch template.";

    /// <summary>Reads and resolves a request's <c>LaunchTemplate</c>; a version must be there and able to launch.</summary>
    internal static LaunchTemplateSpecification? Read(QueryParameters parameters, LaunchTemplates templates)
    {
        if (parameters.Structure("LaunchTemplate") is not { } given)
        {
            return null;
        }

        var (id, name) = (given.Text("LaunchTemplateId"), given.Text("LaunchTemplateName"));
        if ((id is null) == (name is null))
        {
            throw AutoScalingErrors.Invalid("Valid requests must contain either launchTemplateId or LaunchTemplateName");
        }

        var template = id is not null ? templates.FindId(id) : templates.FindName(name!);
        if (template is null)
        {
            var error = id is not null ? Ec2Errors.TemplateIdNotFound(id) : Ec2Errors.TemplateNameNotFound(name!);
            throw AutoScalingErrors.Invalid($"{Prefix} {error.Message}");
        }

        var specification = new LaunchTemplateSpecification(template.Id, template.Name, given.Text("Version") ?? "$Default");
        specification.Resolve(templates);
        return specification;
    }

    /// <summary>The version that a launch at this moment takes.</summary>
    internal LaunchTemplateVersion Resolve(LaunchTemplates templates)
    {
        var template = templates.FindId(Id) ?? throw AutoScalingErrors.Invalid($"{Prefix} {Ec2Errors.TemplateIdNotFound(Id).Message}");
        var version = template.Find(Version)
            ?? throw AutoScalingErrors.Invalid($"{Prefix} {Ec2Errors.VersionNotFound(Id, Version).Message}");
        return version.Data.ImageId is not null
            ? version
            : throw AutoScalingErrors.Invalid($"{Prefix} The request must contain the parameter ImageId");
    }
}
