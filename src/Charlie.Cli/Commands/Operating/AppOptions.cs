using System.CommandLine;
using Charlie.Cli.Display.Operating.Texts;

namespace Charlie.Cli.Commands.Operating;

/// <summary>Which app, and who asks: the options of every command about an app. Their names are the <c>aws</c> command's.</summary>
internal static class AppOptions
{
    private const string UsualApp = "charlie";

    public static readonly Option<string> App = new("--app")
    {
        Description = "The app's name, as its stack has it [CHARLIE_APP]",
        HelpName = "name",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CHARLIE_APP") is { Length: > 0 } app ? app : UsualApp,
    };

    public static readonly Option<string?> Profile = new("--profile")
    {
        Description = "The profile of ~/.aws/config to use [AWS_PROFILE]",
        HelpName = "name",
    };

    public static readonly Option<string?> Region = new("--region")
    {
        Description = "The region of the app's stack [AWS_REGION]",
        HelpName = "name",
    };

    public static readonly Option<string?> Endpoint = new("--endpoint-url")
    {
        Description = "Another endpoint than AWS's, as charlie serve prints it [AWS_ENDPOINT_URL]",
        HelpName = "url",
    };

    public static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document; docs/operating.md has its shape" };

    public static readonly Option<string?> Language = new Option<string?>("--lang")
    {
        Description = "en or pt: the language of what is printed [LC_ALL, LANG]",
        HelpName = "language",
    }.AcceptOnlyFromAmong(Languages.English, Languages.Portuguese);

    public static readonly Option<string?> Reason = new("--reason", "-m")
    {
        Description = "Why, in one sentence; it is recorded and notified",
        HelpName = "text",
    };

    public static readonly Option<string> By = new("--by")
    {
        Description = "Who asks, as the reports name it; CloudTrail proves it",
        HelpName = "name",
        DefaultValueFactory = _ => Environment.UserName,
    };

    public static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask before the request is put" };

    /// <summary>A command about an app, with the options that all of them have and <c>--json</c>.</summary>
    public static Command Command(string name, string description, params Symbol[] symbols) =>
        CommandOfLines(name, description, [.. symbols, Json]);

    /// <summary>A command about an app that prints lines: it has no document.</summary>
    public static Command CommandOfLines(string name, string description, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)symbol);
            }
        }

        foreach (var option in (Option[])[App, Profile, Region, Endpoint])
        {
            command.Options.Add(option);
        }

        return command;
    }
}
