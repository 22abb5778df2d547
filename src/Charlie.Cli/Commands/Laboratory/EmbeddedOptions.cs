using System.CommandLine;
using Charlie.Simulation.Environments;

namespace Charlie.Cli.Commands.Laboratory;

/// <summary>Options that every command with an embedded AWS has.</summary>
internal static class EmbeddedOptions
{
    public static readonly Option<string> Template = File(
        "--template", "The serverless.template to deploy", () => Path.Combine(AppContext.BaseDirectory, "serverless.template"));

    public static readonly Option<string> Functions = File(
        "--functions", "The functions' program: a bootstrap.dll, or a native bootstrap", () => LocalAwsOptions.DefaultFunctionPath);

    /// <summary>Of several instances the strategy is always Rolling.</summary>
    public static readonly Option<string> Strategy = Choice(
        "--strategy", "How the instance is replaced: Replace, or Handover, which prepares another machine first", "Replace", "Handover");

    private static Option<string> Choice(string name, string description, string usual, string other)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "name", DefaultValueFactory = _ => usual };
        option.AcceptOnlyFromAmong(usual, other);
        return option;
    }

    private static Option<string> File(string name, string description, Func<string> byDefault)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = "file",
            DefaultValueFactory = _ => byDefault(),
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } path && !System.IO.File.Exists(path))
            {
                result.AddError($"{name}: there is no file '{path}'.");
            }
        });
        return option;
    }
}
