using System.Diagnostics;

namespace Charlie.Machine.Tests;

/// <summary>
/// Stands before one command of a machine's scripts, and the first time that its arguments match a pattern does something
/// else: so a test sees a machine at a moment that would else be over at once.
/// </summary>
internal sealed class ScriptCommands : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("charlie-commands-").FullName;

    /// <param name="pattern">The shell's, for all arguments with a space between them, before and behind them.</param>
    /// <param name="instead">Shell text; <c>$real</c> is the command itself.</param>
    public ScriptCommands(string command, string pattern, string instead)
    {
        Write("systemctl", "exec cat \"$CHARLIE_RUN/../state\"");
        Write(command, $"""
            real='{Tool.Find(command)}'
            case " $* " in
              {pattern}) ! mkdir '{Mark}' 2> /dev/null || {instead} ;;
            esac
            exec "$real" "$@"
            """);
    }

    /// <summary>A shell text that holds the script there. The command's time limit ends it, if nobody does.</summary>
    public const string Hold = "exec sleep 600";

    /// <summary>The script's search path.</summary>
    public string Path => $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>Whether the moment was reached.</summary>
    public bool IsReached => Directory.Exists(Mark);

    private string Mark => System.IO.Path.Combine(folder, "reached");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(string name, string text)
    {
        Debug.Assert(OperatingSystem.IsLinux(), "The tests of the machine skip elsewhere.");
        var file = System.IO.Path.Combine(folder, name);
        File.WriteAllText(file, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
