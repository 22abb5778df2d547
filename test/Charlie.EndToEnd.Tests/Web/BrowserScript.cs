using System.Text.Json.Nodes;

namespace Charlie.EndToEnd.Tests.Web;

/// <summary>A Node script that drives Chromium, with the npm packages of the folder that <c>PLAYWRIGHT_JAVASCRIPT</c> names.</summary>
internal static class BrowserScript
{
    private const string Folder = "PLAYWRIGHT_JAVASCRIPT";
    private const string Images = "CHARLIE_SCREENSHOTS";

    /// <summary>Skips the test where this machine has no Node, no Chromium or no packages.</summary>
    public static void Need()
    {
        Tool.Need("node", "chromium");
        Assert.SkipWhen(
            string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Folder)),
            $"{Folder} names no folder with the packages playwright-core and @axe-core/playwright.");
    }

    /// <summary>Runs a script beside this file to its end; returns the JSON that it printed.</summary>
    public static async Task<JsonNode> RunAsync(string script, Uri page, params (string Name, string Value)[] variables)
    {
        var environment = variables.ToDictionary(one => one.Name, one => one.Value);
        environment["PAGE"] = page.ToString();
        environment["CHROMIUM"] = Tool.Find("chromium")!;
        environment[Images] = Environment.GetEnvironmentVariable(Images) == "write"
            ? Path.Combine(Operating.Golden.Root(), "docs", "images")
            : "";
        var ran = await Tool.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "Web", script)], environment);
        return JsonNode.Parse(ran.OutputOrThrow())!;
    }

    /// <summary>No accessibility rule is violated, and the browser's console has no error.</summary>
    public static void ExpectClean(JsonNode told)
    {
        Assert.Equal("[]", told["errors"]!.ToJsonString());
        Assert.Equal("[]", told["violations"]!.ToJsonString());
    }
}
