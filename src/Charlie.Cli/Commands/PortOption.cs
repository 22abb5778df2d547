using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Charlie.Cli.Commands;

/// <summary>The option <c>--port</c> of the commands that listen.</summary>
internal static class PortOption
{
    private const int LargestPort = 65535;

    /// <param name="usual">The port where none is given; 0 takes a free one.</param>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What listens there.</param>
    public static Option<int> Create(int usual, string name = "--port", string description = "Port on 127.0.0.1; 0 takes a free one") =>
        new(name)
        {
            Description = description,
            HelpName = "port",
            DefaultValueFactory = _ => usual,
            CustomParser = result => Read(name, result, usual),
        };

    private static int Read(string name, ArgumentResult argument, int usual)
    {
        var text = argument.Tokens.Single().Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= LargestPort)
        {
            return port;
        }

        argument.AddError($"{name} must be from 0 to {LargestPort}; it is '{text}'.");
        return usual;
    }
}
