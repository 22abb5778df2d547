using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Charlie.Sandbox.Instances.Machines;

namespace Charlie.Cli.Commands.Laboratory;

/// <summary>The options of instances that are real: what they boot, from which image, with which secrets.</summary>
internal static partial class ContainerOptions
{
    private const string Servers = "servers";
    private const string Containers = "containers";
    private const string Prefix = "CHARLIE_";

    // What the scripts call; NGINX is in a folder that not every machine has on the path.
    private static readonly string[] Tools = ["bash", "docker", "nginx", "aws", "curl", "jq"];

    // What the container tools of this machine need beside the scripts' own settings.
    private static readonly string[] Passed = ["DOCKER_HOST", "SSL_CERT_FILE"];

    public static readonly Option<string> Instances = Choice();

    public static readonly Option<string?> Image =
        new("--image") { Description = "With containers: the first image, <repository>@sha256:<digest>", HelpName = "image" };

    public static readonly Option<string[]> Secret = new("--secret")
    {
        Description = "With containers: a secret in Secrets Manager, <name>=<file with its text>; may be given several times",
        HelpName = "name=file",
        DefaultValueFactory = _ => [],
    };

    /// <summary>What is wrong with the options together, or with this machine; <c>null</c> when nothing is.</summary>
    public static string? Violation(SymbolResult parsed)
    {
        if (!AreContainers(parsed.GetValue(Instances)))
        {
            return parsed.GetValue(Image) is not null || parsed.GetValue(Secret) is { Length: > 0 }
                ? "--image and --secret need --instances containers." : null;
        }

        if (parsed.GetValue(Image) is not { } image || !ImageShape.IsMatch(image))
        {
            return "--instances containers needs --image <repository>@sha256:<64 hexadecimal digits>: the image that the first instance runs.";
        }

        if (parsed.GetValue(Secret)!.FirstOrDefault(
            secret => secret.Split('=', 2) is not [{ Length: > 0 }, { Length: > 0 } file] || !File.Exists(file)) is { } wrong)
        {
            return $"--secret must be <name>=<file>, and the file must be there; it is '{wrong}'.";
        }

        var missing = Tools.Where(tool => !IsOnPath(tool)).ToList();
        return missing.Count > 0 ? $"--instances containers needs {string.Join(", ", missing)} on the PATH." : null;
    }

    public static MachineOptions? Machines(ParseResult parsed) => AreContainers(parsed.GetValue(Instances))
        ? new MachineOptions(
            Path.Combine(AppContext.BaseDirectory, "instance"),
            Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
                .Select(variable => ((string)variable.Key, (string?)variable.Value))
                .Where(variable => variable.Item1.StartsWith(Prefix, StringComparison.Ordinal) || Passed.Contains(variable.Item1))
                .ToDictionary(variable => variable.Item1, variable => variable.Item2 ?? ""))
        : null;

    public static Dictionary<string, string> Secrets(ParseResult parsed) =>
        parsed.GetValue(Secret)!.Select(secret => secret.Split('=', 2)).ToDictionary(pair => pair[0], pair => File.ReadAllText(pair[1]));

    private static bool AreContainers(string? instances) => instances == Containers;

    private static Option<string> Choice()
    {
        var option = new Option<string>("--instances")
        {
            Description = "What is behind an instance: small servers that respond, or containers behind the real boot scripts and NGINX",
            DefaultValueFactory = _ => Servers,
        };
        option.CompletionSources.Add(Servers, Containers);
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is var value && value is not (Servers or Containers))
            {
                result.AddError($"--instances must be {Servers} or {Containers}; it is '{value}'.");
            }
        });
        return option;
    }

    private static bool IsOnPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));

    [GeneratedRegex("^[a-z0-9][a-z0-9.:-]*(/[a-z0-9._-]+)+@sha256:[0-9a-f]{64}$")]
    private static partial Regex ImageShape { get; }
}
