using System.CommandLine;
using Charlie.Simulation.Environments;

namespace Charlie.Cli.Commands;

/// <summary>Options that every command with an embedded AWS has.</summary>
internal static class CommonOptions
{
    public static readonly Option<string> Template = File(
        "--template", "The serverless.template to deploy", () => Path.Combine(AppContext.BaseDirectory, "serverless.template"));

    public static readonly Option<string> Functions = File(
        "--functions", "The functions' program: a bootstrap.dll, or a native bootstrap", () => LocalAwsOptions.DefaultFunctionPath);

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

/// <summary>What the program tells the shell.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A check failed, or a step did not happen.</summary>
    public const int Failure = 1;

    /// <summary>The command was called wrongly, or cannot start.</summary>
    public const int Usage = 2;

    /// <summary><c>wait</c>: a newer release took its place.</summary>
    public const int Superseded = 3;

    /// <summary><c>wait</c> and requests: no outcome in time.</summary>
    public const int NoOutcome = 4;

    /// <summary><c>wait</c>: a hold keeps it back.</summary>
    public const int Held = 5;

    /// <summary>A signal stopped the command before its end; <see cref="Interruption"/> knows which.</summary>
    public const int Interrupted = 130;
}
