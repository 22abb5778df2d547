using System.CommandLine;
using Charlie.Cli.Commands;
using Charlie.Cli.Commands.Laboratory;
using Charlie.Cli.Commands.Setup;
using Charlie.Cli.Commands.Web;
using Charlie.Sandbox.Template;
using Charlie.Sandbox.Wire;
using Charlie.Simulation.Environments;

namespace Charlie.Cli;

internal static partial class Parts
{
    static partial void Add(RootCommand root, TimeProvider time)
    {
        var demo = DemoCommand.Create(time);
        root.Subcommands.Add(demo);
        root.Subcommands.Add(ServeCommand.Create(time));
        root.Subcommands.Add(SimulateCommand.Create(time));
        root.Subcommands.Add(DrillCommand.Create(time));
        root.Subcommands.Add(InitCommand.Create(time));
        root.Subcommands.Add(ConsoleCommand.Create(time));

        // Without a command it is the demo, with its options.
        foreach (var option in demo.Options)
        {
            root.Options.Add(option);
        }

        root.Action = demo.Action;
    }

    static partial void Judge(Exception error, ref int? code) => code = error switch
    {
        PortInUseException or TemplateException => ExitCodes.Usage,
        StuckException => ExitCodes.Failure,
        _ => code,
    };
}
