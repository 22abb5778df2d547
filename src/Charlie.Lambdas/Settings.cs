using System.Globalization;
using System.Text.RegularExpressions;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas;

/// <summary>The stack's own facts and parameters, read once at start from environment variables and checked.</summary>
internal sealed partial record Settings
{
    public required string App { get; init; }

    public required string GroupName { get; init; }

    public required string LaunchTemplateId { get; init; }

    public required string LaunchHookName { get; init; }

    public required AllowedOrigin Origin { get; init; }

    public required int HealthPort { get; init; }

    public required string HealthPath { get; init; }

    public required PolicySettings Policy { get; init; }

    public StackNames Names => new(App, GroupName, LaunchHookName);

    /// <exception cref="SettingsException">Names every variable that is wrong, its value and what is allowed.</exception>
    public static Settings Read(Func<string, string?> variable)
    {
        var wrong = new List<string>();
        var app = Text("CHARLIE_APP", Name(), "a name of lower-case letters, digits and -, a letter first");
        var repository = Text(
            "CHARLIE_IMAGE_REPOSITORY", Repository(), "a repository as registry.gitlab.com/group/project, without tag and digest");
        var bake = Seconds("CHARLIE_BAKE_SECONDS", 1, 600);
        var settings = new Settings
        {
            App = app,
            GroupName = Text("CHARLIE_GROUP", Group(), "the Auto Scaling group's name (letters, digits, dots, _ and -)"),
            LaunchTemplateId = Text("CHARLIE_LAUNCH_TEMPLATE", TemplateId(), "a launch template id as lt-0123456789abcdef0"),
            LaunchHookName = Text("CHARLIE_LAUNCH_HOOK", Hook(), "the launch hook's name (letters, digits, -, _ and /)"),
            Origin = new AllowedOrigin(
                app,
                repository,
                Number("CHARLIE_PROJECT_ID", 1, long.MaxValue),
                Text("CHARLIE_PROJECT_URL", ProjectUrl(), "the GitLab project's URL as https://gitlab.com/group/project")),
            HealthPort = (int)Number("CHARLIE_HEALTH_PORT", 1, 65535),
            HealthPath = Text("CHARLIE_HEALTH_PATH", Path(), "a path as /health"),
            Policy = new PolicySettings(
                Text("CHARLIE_SINGLETON", TrueOrFalse(), "true or false") == "true",
                ReadStrategy(),
                new HealthRules(
                    (int)Number("CHARLIE_HEALTH_SUCCESSES", 1, 10),
                    Seconds("CHARLIE_MACHINE_DEADLINE_SECONDS", 10, 600),
                    Seconds("CHARLIE_START_SECONDS", 0, 300),
                    Seconds("CHARLIE_HEALTH_DEADLINE_SECONDS", 3, 600),
                    bake,
                    Seconds("CHARLIE_DEPLOYMENT_DEADLINE_SECONDS", 900, 86400))),
        };
        return wrong.Count == 0 ? settings : throw new SettingsException(string.Join(Environment.NewLine, wrong));

        // A batch that its own release brings down within the bake time is the last one that goes.
        Strategy ReadStrategy()
        {
            var strategy = Text("CHARLIE_STRATEGY", StrategyName(), "Replace, Rolling or Handover");
            var min = (int)Number("CHARLIE_MIN_HEALTHY_PERCENTAGE", 0, 100);
            var max = (int)Number("CHARLIE_MAX_HEALTHY_PERCENTAGE", 100, 200);
            if (max - min > 100)
            {
                wrong.Add(
                    $"CHARLIE_MAX_HEALTHY_PERCENTAGE is {max} and CHARLIE_MIN_HEALTHY_PERCENTAGE {min}:"
                    + " Auto Scaling allows them to be 100 apart at most.");
            }

            if (strategy == "Handover" && variable("CHARLIE_SINGLETON") != "true")
            {
                wrong.Add("CHARLIE_STRATEGY is Handover and CHARLIE_SINGLETON is not true: a handover is for an app that runs once.");
            }

            return strategy switch
            {
                "Rolling" => new Strategy.Rolling(min, max, bake),
                "Handover" => new Strategy.Handover(),
                _ => new Strategy.Replace(),
            };
        }

        string Text(string name, Regex allowed, string description)
        {
            var value = variable(name);
            if (value is not null && allowed.IsMatch(value))
            {
                return value;
            }

            wrong.Add($"{name} is {(value is null ? "not set" : $"'{SingleLineText.Of(value, 80)}'")}: it must be {description}.");
            return "";
        }

        long Number(string name, long min, long max)
        {
            var value = variable(name);
            if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            {
                return number;
            }

            wrong.Add(
                $"{name} is {(value is null ? "not set" : $"'{SingleLineText.Of(value, 80)}'")}:"
                + $" it must be a whole number from {min} to {max}.");
            return min;
        }

        TimeSpan Seconds(string name, long min, long max) => TimeSpan.FromSeconds(Number(name, min, max));
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,62}\z")]
    private static partial Regex Name();

    // With "@sha256:" and 64 digits behind it, it must fit in a tag's 256 characters.
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]*(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+(?<=\A.{1,180})\z")]
    private static partial Regex Repository();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,254}\z")]
    private static partial Regex Group();

    [GeneratedRegex(@"\Alt-[0-9a-f]{8,17}\z")]
    private static partial Regex TemplateId();

    [GeneratedRegex(@"\A[A-Za-z0-9\-_\/]{1,255}\z")]
    private static partial Regex Hook();

    [GeneratedRegex(@"\Ahttps://[a-z0-9][a-z0-9.-]*(:[0-9]{1,5})?(/[A-Za-z0-9._-]+){2,}\z")]
    private static partial Regex ProjectUrl();

    [GeneratedRegex(@"\A/[A-Za-z0-9._~/-]{0,254}\z")]
    private static partial Regex Path();

    [GeneratedRegex(@"\A(Replace|Rolling|Handover)\z")]
    private static partial Regex StrategyName();

    [GeneratedRegex(@"\A(true|false)\z")]
    private static partial Regex TrueOrFalse();
}

/// <summary>Environment variables that the program cannot start with.</summary>
internal sealed class SettingsException(string message) : Exception(message);
