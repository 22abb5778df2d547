using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Charlie.Cli.Commands;

/// <summary>The option <c>--port</c> of the commands that listen.</summary>
internal static class PortOption
{
    private const int LargestPort = 65535;

    /// <param name="usual">The port where none is given; 0 takes a free one.</param>
    public static Option<int> Create(int usual) => new("--port")
    {
        Description = "Port on 127.0.0.1; 0 takes a free one",
        HelpName = "port",
        DefaultValueFactory = _ => usual,
        CustomParser = result => Read(result, usual),
    };

    private static int Read(ArgumentResult argument, int usual)
    {
        var text = argument.Tokens.Single().Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= LargestPort)
        {
            return port;
        }

        argument.AddError($"--port must be from 0 to {LargestPort}; it is '{text}'.");
        return usual;
    }
}
