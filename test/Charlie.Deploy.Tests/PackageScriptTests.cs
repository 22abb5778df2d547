namespace Charlie.Deploy.Tests;

/// <summary>Of which packages <c>./package</c> and the deploy tool build, with a <c>dotnet</c> that writes down its call.</summary>
public sealed class PackageScriptTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("standins", false)]
    [InlineData("official", true)]
    public async Task What_is_handed_out_is_built_of_the_packages_that_are_named(string? packages, bool isOfficial)
    {
        var (ran, call) = await RunAsync(packages);
        Assert.Equal(1, ran.ExitCode);
        Assert.StartsWith("publish src/Charlie.Lambdas ", call, StringComparison.Ordinal);
        Assert.Equal(isOfficial, call.Contains("-p:OfficialAwsPackages=true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_packages_are_refused()
    {
        var (ran, call) = await RunAsync("mine");
        Assert.Equal((2, ""), (ran.ExitCode, call));
        Assert.Contains("CHARLIE_AWS_PACKAGES must be official or standins", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pipeline_and_the_deploy_tool_build_of_the_official_ones()
    {
        var job = TemplateReader.Read(Repository.Read(".gitlab-ci.yml"))["package"]!;
        Assert.Equal("official", (string)job["variables"]!["CHARLIE_AWS_PACKAGES"]!);
        Assert.Contains(
            "\"msbuild-parameters\": \"-p:PublishAot=true -p:OfficialAwsPackages=true\"",
            Repository.Read("aws-lambda-tools-defaults.json"),
            StringComparison.Ordinal);
    }

    private static async Task<(Ran Ran, string Call)> RunAsync(string? packages)
    {
        var folder = Directory.CreateTempSubdirectory("charlie-package-").FullName;
        foreach (var tool in (string[])["dotnet", "gcc", "zip", "objdump", "objcopy"])
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, tool), "#!/bin/sh\necho \"$*\" > \"$(dirname \"$0\")/call\"\nexit 1\n",
                TestContext.Current.CancellationToken);
            await Repository.Run("/bin/chmod", ["+x", Path.Combine(folder, tool)]);
        }

        var environment = new Dictionary<string, string> { ["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}" };
        if (packages is not null)
        {
            environment["CHARLIE_AWS_PACKAGES"] = packages;
        }

        var ran = await Repository.Run("/bin/bash", [Repository.PathOf("package"), Path.Combine(folder, "out.zip")], environment);
        var call = Path.Combine(folder, "call");
        var text = File.Exists(call) ? await File.ReadAllTextAsync(call, TestContext.Current.CancellationToken) : "";
        Directory.Delete(folder, recursive: true);
        return (ran, text);
    }
}
