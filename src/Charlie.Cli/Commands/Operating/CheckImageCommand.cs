using System.CommandLine;
using System.Globalization;
using Charlie.Cli.Display;
using Charlie.Cli.Display.Operating;
using Charlie.Cli.Display.Operating.Texts;
using Charlie.Operations;
using Charlie.Operations.Fitting;
using Spectre.Console;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie check-image</c>: whether an image fits the machine, by running it here.</summary>
internal static class CheckImageCommand
{
    private static readonly Argument<string> Image = new("image") { Description = "A name, or <repository>@sha256:<digest>" };

    private static readonly Option<string?> Engine = new("--engine")
    {
        Description = "The engine's command; else docker, else podman",
        HelpName = "command",
    };

    private static readonly Option<int> Port = PortOption.Create(
        FittingOptions.UsualPort, "--port", "What the app gets as PORT (AppPort), a free port of this machine");

    private static readonly Option<string> HealthPath = new("--path")
    {
        Description = "The path of the app's health answer (AppHealthPath); empty for none",
        HelpName = "path",
        DefaultValueFactory = _ => FittingOptions.UsualPath,
    };

    private static readonly Option<string?> Variables = new("--variables")
    {
        Description = "A file of NAME=value lines in place of the app's secret",
        HelpName = "file",
    };

    private static readonly Option<string> HealthTime = Length(
        "--health-time", "How long it may take to become healthy", FittingOptions.UsualHealthSeconds);

    private static readonly Option<string> StopTime = Length(
        "--stop-time", "How long it may take to end after SIGTERM (StopSeconds)", FittingOptions.UsualStopSeconds);

    // Each setting of the machine by its own name: --read-only-root, --capabilities, --preflight ...
    private static readonly IReadOnlyList<(MachineSetting Setting, Option<string> Option)> Settings =
    [
        .. MachineSetting.All.Select(setting => (setting, new Option<string>(setting.Option)
        {
            Description = $"The machine's setting: {setting.Words}",
            HelpName = "value",
            DefaultValueFactory = _ => setting.Default,
        })),
    ];

    public static Command Create(TimeProvider time)
    {
        var command = new Command("check-image", "Run an image here as the machine does, and say what does not fit; exit 1 where something does not")
        {
            Image, Engine, Port, HealthPath, HealthTime, StopTime, Variables, AppOptions.Json,
        };
        foreach (var (_, option) in Settings)
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var options = Read(parsed);
            var engine = parsed.GetValue(Engine) is { } named ? new ContainerEngine(named)
                : ContainerEngine.Find(Environment.GetEnvironmentVariable("PATH"))
                    ?? throw new OperationException("There is neither docker nor podman on the PATH: --engine names the engine's command.");
            using var trial = new ImageTrial(engine, time);
            var document = await trial.RunAsync(options, cancellation);
            Show(parsed, document);
            return document.Misfits.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }

    private static FittingOptions Read(ParseResult parsed)
    {
        var (path, variables) = (parsed.GetValue(HealthPath)!, parsed.GetValue(Variables));
        return path.Length > 0 && path[0] != '/' ? throw new OperationException($"--path must begin with /, or be empty; it is '{path}'.")
            : parsed.GetValue(Port) == 0 ? throw new OperationException("--port must be from 1 to 65535; it is '0'.")
            : variables is not null && !File.Exists(variables)
                ? throw new OperationException($"--variables: there is no file '{variables}'.")
            : new FittingOptions(
                parsed.GetValue(Image)!,
                parsed.GetValue(Port),
                path,
                Lengths.Read("--health-time", parsed.GetValue(HealthTime)!),
                Lengths.Read("--stop-time", parsed.GetValue(StopTime)!),
                variables,
                new MachineSettings(Settings.ToDictionary(one => one.Setting.Name, one => Value(parsed, one.Setting, one.Option))));
    }

    private static string Value(ParseResult parsed, MachineSetting setting, Option<string> option) =>
        parsed.GetValue(option)! is var value && setting.Takes(value)
            ? value
            : throw new OperationException($"{setting.Option} must be {setting.Words}; it is '{value}'.");

    private static void Show(ParseResult parsed, FittingDocument document)
    {
        if (parsed.GetValue(AppOptions.Json))
        {
            Documents.Write(document);
            return;
        }

        var console = Screen.Open();
        var page = new Page(console.Profile.Width);
        page.Sentence(
            document.Misfits.Count == 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"It fits: healthy after {document.HealthySeconds} s, and ended {document.StopSeconds} s after SIGTERM.")
                : $"{Words.Count(document.Misfits.Count, "thing does", "things do")} not fit.",
            document.Misfits.Count == 0 ? Color.Green : Color.Red);
        foreach (var (at, misfit) in document.Misfits.Index())
        {
            page.Blank();
            page.Sentence(string.Create(CultureInfo.InvariantCulture, $"{at + 1}. {misfit.Rule}: {misfit.What}"));
            page.Fact("", misfit.Mend);
        }

        if (document.LastLines.Count > 0)
        {
            page.Blank();
            page.Sentence("It said last:");
            foreach (var line in document.LastLines)
            {
                page.Verbatim("  " + string.Concat(line.Where(sign => !char.IsControl(sign))));
            }
        }

        page.Write(console);
    }

    private static Option<string> Length(string name, string description, int seconds) => new(name)
    {
        Description = description,
        HelpName = "length",
        DefaultValueFactory = _ => $"{seconds}s",
    };
}
