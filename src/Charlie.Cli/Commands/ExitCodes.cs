namespace Charlie.Cli.Commands;

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
