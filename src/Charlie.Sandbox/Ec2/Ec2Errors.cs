using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>EC2's own words for what is wrong.</summary>
internal sealed class Ec2Errors : IParameterErrors
{
    public static readonly Ec2Errors Instance = new();

    public AwsException Missing(string name) =>
        new("MissingParameter", $"The request must contain the parameter {name}");

    public AwsException Malformed(string name, string value, string expected) =>
        new("InvalidParameterValue", $"Value ({value}) for parameter {name} is invalid. Expected {expected}.");

    public AwsException OutOfRange(string name, int value, int min, int max) =>
        new("InvalidParameterValue", $"Value ( {value} ) for parameter {name} is invalid. Expecting a value between {min} and {max}.");

    public static AwsException TemplateIdMalformed(string id) =>
        new("InvalidLaunchTemplateId.Malformed", $"The launch template ID '{id}' is not valid");

    public static AwsException TemplateIdNotFound(string id) =>
        new("InvalidLaunchTemplateId.NotFound", $"The specified launch template, with template ID {id}, does not exist.");

    public static AwsException TemplateNameNotFound(string name) =>
        new("InvalidLaunchTemplateName.NotFoundException", $"The specified launch template, with template name {name}, does not exist.");

    public static AwsException TemplateNameMalformed() =>
        new("InvalidLaunchTemplateName.MalformedException", "A launch template name must be between 3 and 128 characters, and may contain letters, numbers, and the following characters: - ( ) . / _.");

    public static AwsException TemplateNameTaken() =>
        new("InvalidLaunchTemplateName.AlreadyExistsException", "Launch template name already in use.");

    public static AwsException VersionNotFound(string id, string version) =>
        new("InvalidLaunchTemplateId.VersionNotFound",
            $"Could not find the specified version {version} for the launch template with ID {id}.");

    public static AwsException TokenMismatch() =>
        new("IdempotentParameterMismatch",
            "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).");

    public static AwsException InstanceMalformed(string id) => new("InvalidInstanceID.Malformed", $"Invalid id: \"{id}\"");

    public static AwsException InstancesNotFound(IReadOnlyList<string> ids) => new(
        "InvalidInstanceID.NotFound",
        ids.Count == 1 ? $"The instance ID '{ids[0]}' does not exist" : $"The instance IDs '{string.Join(", ", ids)}' do not exist");

    public static AwsException InvalidValue(string name, string value, string why) =>
        new("InvalidParameterValue", $"Value ( {value} ) for parameter {name} is invalid. {why}");

    public static AwsException InvalidToken() => new("InvalidNextToken", "The specified NextToken is not valid.");
}
