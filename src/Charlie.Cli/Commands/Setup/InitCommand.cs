using System.CommandLine;
using Charlie.Cli.Commands.Laboratory;
using Charlie.Cli.Commands.Operating;
using Charlie.Cli.Display;
using Charlie.Operations;
using Charlie.Operations.Access;
using Charlie.Operations.Setup;
using Charlie.Sandbox.Template;
using Spectre.Console;

namespace Charlie.Cli.Commands.Setup;

/// <summary><c>charlie init</c>: the parameters of an app's stack, from the stacks that are there and from whoever is asked.</summary>
internal static class InitCommand
{
    // It has a default, and with it nobody is notified of anything.
    private const string Alerts = "AlertEmail";

    private static readonly Option<string> Stack = new("--stack")
    {
        Description = "The name of the app's stack; what it was given before is kept",
        HelpName = "name",
        DefaultValueFactory = _ => "charlie",
    };

    private static readonly Option<string[]> From = new("--from")
    {
        Description = "Take outputs of this stack only; more than once for several",
        HelpName = "stack",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "A parameter's value; more than once for several",
        HelpName = "name=value",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description = "The file to write",
        HelpName = "file",
        DefaultValueFactory = _ => "charlie-deploy.json",
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Write over a file that is there" };

    public static Command Create(TimeProvider time)
    {
        var command = AppOptions.CommandOfLines(
            "init",
            "Write the file that dotnet lambda deploy-serverless takes, with the stack's parameters",
            Stack,
            From,
            Set,
            Output,
            Force,
            EmbeddedOptions.Template);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, time, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, TimeProvider time, CancellationToken cancellation)
    {
        var (path, stack) = (Path.GetFullPath(parsed.GetValue(Output)!), parsed.GetValue(Stack)!);
        if (File.Exists(path) && !parsed.GetValue(Force))
        {
            throw new OperationException($"{path} is there already: --force writes over it.");
        }

        var access = AwsAccess.Find(
            parsed.GetValue(AppOptions.Profile),
            parsed.GetValue(AppOptions.Region),
            parsed.GetValue(AppOptions.Endpoint),
            Environment.GetEnvironmentVariable);
        var template = TemplateDocument.Parse(await File.ReadAllTextAsync(parsed.GetValue(EmbeddedOptions.Template)!, cancellation));
        var (console, values) = (Screen.Open(), new StackValues(template));
        foreach (var (name, value) in parsed.GetValue(Set)!.Select(Pair))
        {
            values.Put(name, value);
        }

        var found = await FindAsync(access, stack, template, parsed.GetValue(From)!, time, cancellation);
        values.Take(found);
        if (!values.All.ContainsKey("App"))
        {
            values.Put("App", parsed.GetValue(AppOptions.App)!);
        }

        await AskAsync(console, values, found, cancellation);
        values.Check(stack);
        var text = await DeployFile.TextAsync(stack, access.Region, parsed.GetValue(AppOptions.Profile), values.All, cancellation);
        await File.WriteAllTextAsync(path, text, cancellation);
        Tell(path, values, found);
        return ExitCodes.Success;
    }

    private static async Task<FoundValues> FindAsync(
        AwsAccess access, string stack, TemplateDocument template, string[] from, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            using var client = new SignedClient(access, time);
            var stacks = await new StacksReader(client).ReadAsync(cancellation);
            return from.FirstOrDefault(name => stacks.All(one => one.Name != name)) is { } unknown
                ? throw new OperationException($"There is no stack {unknown} here: check --from and --region.")
                : FoundValues.Of(stacks, stack, template.Parameters.Keys, from);
        }
        catch (AwsCallException error) when (error.IsDenied)
        {
            await System.Console.Error.WriteLineAsync($"charlie: the account's stacks are not read: {error.Message}");
            return FoundValues.None;
        }
    }

    private static async Task AskAsync(IAnsiConsole console, StackValues values, FoundValues found, CancellationToken cancellation)
    {
        var missing = values.Missing;
        if (missing.Count > 0 && !AppSession.IsTerminal)
        {
            throw new OperationException(
                $"No value is known of {string.Join(", ", missing.Select(one => Named(one.Name, found)))}."
                + " Give each with --set Name=Value, or run charlie init on a terminal.");
        }

        foreach (var parameter in AppSession.IsTerminal ? missing.Concat(values.Unsaid(Alerts)) : [])
        {
            console.WriteLine(parameter.Description?.ReplaceLineEndings(" ") ?? "");
            var prompt = new TextPrompt<string>($"{Named(parameter.Name, found)}:")
            {
                // Whether an empty answer will do is the validator's to say; otherwise the prompt waits on without a word.
                AllowEmpty = true,
                Validator = value => StackValues.Violation(parameter, value) is { } violation
                    ? ValidationResult.Error(Markup.Escape(violation))
                    : ValidationResult.Success(),
            };
            values.Put(parameter.Name, await prompt.ShowAsync(console, cancellation));
        }
    }

    private static string Named(string name, FoundValues found) =>
        found.Disputed.TryGetValue(name, out var stacks) ? $"{name} ({string.Join(" and ", stacks)} differ)" : name;

    private static void Tell(string path, StackValues values, FoundValues found)
    {
        foreach (var (name, value) in values.All)
        {
            var from = found.Values.GetValueOrDefault(name) is { } one && one.Value == value ? $"  (stack {one.Stack})" : "";
            System.Console.Out.WriteLine($"{name}={value}{from}");
        }

        System.Console.Out.WriteLine();
        System.Console.Out.WriteLine($"dotnet lambda deploy-serverless --config-file \"{path}\"");
    }

    private static (string Name, string Value) Pair(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } name, var value]
            ? (name, value)
            : throw new OperationException($"--set must be name=value; it is '{text}'.");
}
