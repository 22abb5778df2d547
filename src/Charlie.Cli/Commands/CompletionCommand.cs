using System.CommandLine;

namespace Charlie.Cli.Commands;

/// <summary><c>charlie completion</c>: the lines that let a shell complete the command, asked from the command itself.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _charlie() {
            local words
            mapfile -t words < <(charlie "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2> /dev/null)
            mapfile -t COMPREPLY < <(compgen -W "${words[*]}" -- "${COMP_WORDS[COMP_CWORD]}")
        }
        complete -F _charlie charlie
        """;

    private const string Zsh = """
        #compdef charlie
        _charlie() {
            local -a words
            words=("${(@f)$(charlie "[suggest:${CURSOR}]" "${BUFFER}" 2> /dev/null)}")
            compadd -a words
        }
        compdef _charlie charlie
        """;

    private const string Fish = """
        complete -f -c charlie -a '(charlie "[suggest:"(commandline -C)"]" (commandline) 2> /dev/null)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName charlie -ScriptBlock {
            param($word, $line, $position)
            charlie "[suggest:$position]" "$line" | Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }
        """;

    private static readonly Argument<string> Shell = new("shell") { Description = "bash, zsh, fish or pwsh" };

    public static Command Create()
    {
        Shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command(
            "completion", "Print what a shell needs to complete charlie: eval \"$(charlie completion bash)\"") { Shell };
        command.SetAction(parsed =>
        {
            Console.Out.WriteLine(parsed.GetValue(Shell) switch
            {
                "zsh" => Zsh,
                "fish" => Fish,
                "pwsh" => PowerShell,
                _ => Bash,
            });
            return ExitCodes.Success;
        });
        return command;
    }
}
