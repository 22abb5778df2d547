using System.Text.Json.Nodes;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;
using Charlie.Lambdas.Tests.Decisions;

namespace Charlie.Lambdas.Tests;

/// <summary>A wrong variable stops the start with a message that names it, its value and what is allowed.</summary>
public sealed class SettingsTests
{
    private static Dictionary<string, string> Right => StackVariables.All;

    public static TheoryData<string, string> Wrong => new()
    {
        { "CHARLIE_APP", "my app" },
        { "CHARLIE_GROUP", "" },
        { "CHARLIE_LAUNCH_TEMPLATE", "charlie" },
        { "CHARLIE_LAUNCH_HOOK", "a hook" },
        { "CHARLIE_IMAGE_REPOSITORY", "registry.gitlab.com/example/charlie:latest" },
        { "CHARLIE_IMAGE_REPOSITORY", "registry.gitlab.com/" + "a/".PadLeft(300, 'a') + "b" },
        { "CHARLIE_PROJECT_ID", "0" },
        { "CHARLIE_PROJECT_URL", "http://gitlab.com/example/charlie" },
        { "CHARLIE_PROJECT_URL", "https://gitlab.com/example/charlie/" },
        { "CHARLIE_HEALTH_PORT", "65536" },
        { "CHARLIE_HEALTH_PATH", "health" },
        { "CHARLIE_HEALTH_SUCCESSES", "11" },
        { "CHARLIE_MACHINE_DEADLINE_SECONDS", "9" },
        { "CHARLIE_MACHINE_DEADLINE_SECONDS", "601" },
        { "CHARLIE_START_SECONDS", "301" },
        { "CHARLIE_START_SECONDS", "-1" },
        { "CHARLIE_HEALTH_DEADLINE_SECONDS", "2" },
        { "CHARLIE_HEALTH_DEADLINE_SECONDS", "601" },
        { "CHARLIE_HEALTH_DEADLINE_SECONDS", "5m" },
        { "CHARLIE_BAKE_SECONDS", "0" },
        { "CHARLIE_DEPLOYMENT_DEADLINE_SECONDS", "899" },
        { "CHARLIE_STRATEGY", "rolling" },
        { "CHARLIE_MIN_HEALTHY_PERCENTAGE", "101" },
        { "CHARLIE_MAX_HEALTHY_PERCENTAGE", "99" },
        { "CHARLIE_SINGLETON", "yes" },
    };

    /// <summary>As the templates, the component and the script take them: PatternTests read the same table.</summary>
    [Theory]
    [InlineData("app", "CHARLIE_APP")]
    [InlineData("group", "CHARLIE_GROUP")]
    [InlineData("launchTemplate", "CHARLIE_LAUNCH_TEMPLATE")]
    [InlineData("launchHook", "CHARLIE_LAUNCH_HOOK")]
    [InlineData("repository", "CHARLIE_IMAGE_REPOSITORY")]
    [InlineData("projectUrl", "CHARLIE_PROJECT_URL")]
    [InlineData("healthPath", "CHARLIE_HEALTH_PATH")]
    public void The_table_of_patterns_is_kept(string value, string variable)
    {
        var table = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "patterns.json")))![value]!;
        Assert.All(Of("allowed"), one => Settings.Read(With(one)));
        Assert.All(Of("refused"), one => Assert.Throws<SettingsException>(() => Settings.Read(With(one))));

        IEnumerable<string> Of(string kind) => table[kind]!.AsArray().Select(one => (string)one!);

        Func<string, string?> With(string one) => name => name == variable ? one : Right[name];
    }

    [Fact]
    public void Allowed_values_are_read()
    {
        var settings = TestSettings.Read();
        Assert.Equal(
            ("charlie-app", "charlie-group", "lt-0123456789abcdef0", "charlie-launch", 80, "/health"),
            (settings.App, settings.GroupName, settings.LaunchTemplateId, settings.LaunchHookName, settings.HealthPort,
                settings.HealthPath));
        Assert.Equal(
            new AllowedOrigin("charlie-app", "registry.gitlab.com/example/charlie", 4242, "https://gitlab.com/example/charlie"),
                settings.Origin);
        Assert.Equal(
            new PolicySettings(
                true,
                new Strategy.Replace(),
                Arbitrary.Rules),
            settings.Policy);
        Assert.Equal(
            TimeSpan.Zero, Settings.Read(name => name == "CHARLIE_START_SECONDS" ? "0" : Right[name]).Policy.Health.StartTime);
        Assert.False(Settings.Read(name => name == "CHARLIE_SINGLETON" ? "false" : Right[name]).Policy.Singleton);
    }

    [Fact]
    public void Percentages_belong_to_strategy_Rolling()
    {
        Assert.IsType<Strategy.Replace>(Settings.Read(Right.GetValueOrDefault).Policy.Strategy);
        Assert.Equal(new Strategy.Rolling(100, 200, TimeSpan.FromSeconds(60)), Settings.Read(Rolling("100", "200")).Policy.Strategy);
        var error = Assert.Throws<SettingsException>(() => Settings.Read(Rolling("90", "200")));
        Assert.Contains("100 apart at most", error.Message, StringComparison.Ordinal);

        static Func<string, string?> Rolling(string min, string max) => name => name switch
        {
            "CHARLIE_STRATEGY" => "Rolling",
            "CHARLIE_MIN_HEALTHY_PERCENTAGE" => min,
            "CHARLIE_MAX_HEALTHY_PERCENTAGE" => max,
            _ => Right[name],
        };
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_value_is_named_with_what_is_allowed(string name, string value)
    {
        var error = Assert.Throws<SettingsException>(() => Settings.Read(variable => variable == name ? value : Right[variable]));
        Assert.StartsWith($"{name} is '{(value.Length > 80 ? value[..79] + "…" : value)}': it must be ", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void All_missing_variables_are_named_at_once()
    {
        var error = Assert.Throws<SettingsException>(() => Settings.Read(_ => null));
        Assert.All(Right.Keys, name => Assert.Contains($"{name} is not set: it must be ", error.Message, StringComparison.Ordinal));
    }
}
