namespace Charlie.Tests;

/// <summary>The environment variables of a stack whose parameters are all right.</summary>
internal static class StackVariables
{
    public static readonly Dictionary<string, string> All = new()
    {
        ["CHARLIE_APP"] = "charlie-app",
        ["CHARLIE_GROUP"] = "charlie-group",
        ["CHARLIE_LAUNCH_TEMPLATE"] = "lt-0123456789abcdef0",
        ["CHARLIE_LAUNCH_HOOK"] = "charlie-launch",
        ["CHARLIE_IMAGE_REPOSITORY"] = "registry.gitlab.com/example/charlie",
        ["CHARLIE_PROJECT_ID"] = "4242",
        ["CHARLIE_PROJECT_URL"] = "https://gitlab.com/example/charlie",
        ["CHARLIE_HEALTH_PORT"] = "80",
        ["CHARLIE_HEALTH_PATH"] = "/health",
        ["CHARLIE_HEALTH_SUCCESSES"] = "3",
        ["CHARLIE_MACHINE_DEADLINE_SECONDS"] = "480",
        ["CHARLIE_START_SECONDS"] = "60",
        ["CHARLIE_HEALTH_DEADLINE_SECONDS"] = "300",
        ["CHARLIE_BAKE_SECONDS"] = "60",
        ["CHARLIE_DEPLOYMENT_DEADLINE_SECONDS"] = "1800",
        ["CHARLIE_STRATEGY"] = "Replace",
        ["CHARLIE_MIN_HEALTHY_PERCENTAGE"] = "90",
        ["CHARLIE_MAX_HEALTHY_PERCENTAGE"] = "100",
        ["CHARLIE_SINGLETON"] = "true",
    };
}
