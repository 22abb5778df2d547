using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests;

/// <summary>A wrong variable stops the start with a message that names it, its value and what is allowed.</summary>
public sealed class SettingsTests
{
    private static readonly Dictionary<string, string> Right = new()
    {
        ["CHARLIE_APP"] = "charlie",
        ["CHARLIE_GROUP"] = "charlie",
        ["CHARLIE_LAUNCH_TEMPLATE"] = "lt-0123456789abcdef0",
        ["CHARLIE_LAUNCH_HOOK"] = "charlie-launch",
        ["CHARLIE_IMAGE_REPOSITORY"] = "registry.gitlab.com/example/charlie",
        ["CHARLIE_PROJECT_ID"] = "4242",
        ["CHARLIE_PROJECT_URL"] = "https://gitlab.com/example/charlie",
        ["CHARLIE_HEALTH_PORT"] = "80",
        ["CHARLIE_HEALTH_PATH"] = "/health",
        ["CHARLIE_HEALTH_SUCCESSES"] = "3",
        ["CHARLIE_HEALTH_DEADLINE_SECONDS"] = "300",
        ["CHARLIE_BAKE_SECONDS"] = "60",
        ["CHARLIE_DEPLOYMENT_DEADLINE_SECONDS"] = "1800",
        ["CHARLIE_STRATEGY"] = "Replace",
        ["CHARLIE_MIN_HEALTHY_PERCENTAGE"] = "90",
        ["CHARLIE_MAX_HEALTHY_PERCENTAGE"] = "100",
        ["CHARLIE_SINGLETON"] = "true",
    };

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
        { "CHARLIE_HEALTH_DEADLINE_SECONDS", "841" },
        { "CHARLIE_HEALTH_DEADLINE_SECONDS", "5m" },
        { "CHARLIE_BAKE_SECONDS", "0" },
        { "CHARLIE_DEPLOYMENT_DEADLINE_SECONDS", "899" },
        { "CHARLIE_STRATEGY", "rolling" },
        { "CHARLIE_MIN_HEALTHY_PERCENTAGE", "101" },
        { "CHARLIE_MAX_HEALTHY_PERCENTAGE", "99" },
        { "CHARLIE_SINGLETON", "yes" },
    };

    [Fact]
    public void The_right_ones_are_read()
    {
        var settings = Settings.Read(Right.GetValueOrDefault);
        Assert.Equal(TimeSpan.FromSeconds(60), settings.Health.BakeTime);
        Assert.True(settings.Singleton);
    }

    [Fact]
    public void Percentages_belong_to_a_rolling_replacement()
    {
        Assert.IsType<Strategy.Replace>(Settings.Read(Right.GetValueOrDefault).Strategy);
        Assert.Equal(new Strategy.Rolling(100, 200, TimeSpan.FromSeconds(60)), Settings.Read(Rolling("100", "200")).Strategy);
        var error = Assert.Throws<SettingsException>(() => Settings.Read(Rolling("90", "200")));
        Assert.Contains("100 apart at most", error.Message, StringComparison.Ordinal);

        static Func<string, string?> Rolling(string least, string most) => name => name switch
        {
            "CHARLIE_STRATEGY" => "Rolling",
            "CHARLIE_MIN_HEALTHY_PERCENTAGE" => least,
            "CHARLIE_MAX_HEALTHY_PERCENTAGE" => most,
            _ => Right[name],
        };
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_one_is_named_with_its_value_and_what_is_allowed(string name, string value)
    {
        var error = Assert.Throws<SettingsException>(() => Settings.Read(variable => variable == name ? value : Right[variable]));
        Assert.StartsWith($"{name} is '{(value.Length > 80 ? value[..79] + "…" : value)}': it must be ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_are_missing_are_named_at_once()
    {
        var error = Assert.Throws<SettingsException>(() => Settings.Read(_ => null));
        Assert.All(Right.Keys, name => Assert.Contains($"{name} is not set: it must be ", error.Message, StringComparison.Ordinal));
    }
}
