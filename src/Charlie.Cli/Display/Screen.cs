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
            console.Profile.Width = Unbounded;
        }

        return console;
    }
}
