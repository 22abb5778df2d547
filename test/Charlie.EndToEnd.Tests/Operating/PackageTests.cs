using System.Diagnostics;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>The command as a .NET tool, installed from a local feed.</summary>
public sealed class PackageTests
{
    [LongFact]
    public async Task The_tool_installs_from_a_local_feed_and_brings_the_functions_along()
    {
        var folder = Directory.CreateTempSubdirectory("charlie-tool-");
        try
        {
            var (feed, tools) = (Path.Combine(folder.FullName, "feed"), Path.Combine(folder.FullName, "tools"));
            var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
            // ./package --command restores for a publish that leaves half of the command out; what is packed is what was restored last.
            await DotnetAsync("restore", "src/Charlie.Cli");
            await DotnetAsync("pack", "src/Charlie.Cli", "--no-build", "--configuration", configuration, "--output", feed);
            await DotnetAsync("tool", "install", "Charlie.Cli", "--tool-path", tools, "--source", feed, "--prerelease");
            var program = Path.Combine(tools, "charlie");
            Assert.Matches(@"^[0-9]+\.[0-9]+\.[0-9]+", (await RunAsync(program, "--version")).Output);
            var demo = await RunAsync(program, "demo", "--json");
            Assert.True(demo.ExitCode == 0, demo.Error);
            Assert.Contains("\"outcome\": \"Confirmed\"", demo.Output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task DotnetAsync(params string[] arguments)
    {
        var end = await RunAsync("dotnet", arguments);
        Assert.True(end.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{end.Output}\n{end.Error}");
    }

    private static Task<Ran> RunAsync(string program, params string[] arguments) =>
        Tool.RunAsync(new ProcessStartInfo(program, arguments) { WorkingDirectory = Golden.Root() });
}
