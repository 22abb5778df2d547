using System.Globalization;
using Spectre.Console;

namespace Charlie.Cli.Display;

/// <summary>The terminal, or whatever the output goes to.</summary>
internal static class Screen
{
    // In a file or a pipe nothing may be wrapped in the middle of a word that an operator searches for.
    private const int Unbounded = 240;

    public static IAnsiConsole Open()
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = ColumnsGiven() ?? Unbounded;
        }

        if (Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 })
        {
            console.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        return console;
    }

    /// <summary>The same for what is no result: standard error.</summary>
    public static IAnsiConsole OpenError()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected)
        {
            console.Profile.Width = ColumnsGiven() ?? Unbounded;
        }

        if (Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 })
        {
            console.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        return console;
    }

    private static int? ColumnsGiven() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns)
        && columns > 0
            ? columns
            : null;
}
