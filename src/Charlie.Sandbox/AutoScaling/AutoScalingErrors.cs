using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>Auto Scaling's own words for what is wrong.</summary>
internal sealed class AutoScalingErrors : IParameterErrors
{
    public static readonly AutoScalingErrors Instance = new();

    public AwsException Missing(string name) =>
        Invalid($"1 validation error detected: Value null at '{Camel(name)}' failed to satisfy constraint: Member must not be null");

    public AwsException Malformed(string name, string value, string expected) =>
        new("MalformedInput", $"Value '{value}' at '{Camel(name)}' is not {expected}");

    public AwsException OutOfRange(string name, int value, int min, int max) => Invalid(
        value < min
            ? $"1 validation error detected: Value '{value}' at '{Camel(name)}' failed to satisfy constraint: Member must have value greater than or equal to {min}"
            : $"1 validation error detected: Value '{value}' at '{Camel(name)}' failed to satisfy constraint: Member must have value less than or equal to {max}");

    public static AwsException NotInSet(string name, string value, params string[] allowed) =>
        Invalid($"1 validation error detected: Value '{value}' at '{Camel(name)}' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", allowed)}]");

    public static AwsException TooLong(string member, string value, int max) =>
        Invalid($"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: Member must have length less than or equal to {max}");

    public static AwsException Invalid(string message) => new("ValidationError", message);

    public static AwsException GroupNotFound(string name) =>
        Invalid($"AutoScalingGroup name not found - AutoScalingGroup '{name}' not found");

    public static AwsException InstanceNotFound(string id) =>
        Invalid($"Instance Id not found - No managed instance found for instance ID {id}");

    public static AwsException InProgress(string message) => new("ScalingActivityInProgress", message);

    public static AwsException InvalidToken(string? token) => new("InvalidNextToken", $"The token '{token}' is invalid.");

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
