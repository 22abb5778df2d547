using System.CommandLine;

namespace Charlie.Cli;

/// <summary>
/// The commands that need files beside the program, or the embedded AWS. A native program is built without them; a partial
/// method without a body is not called.
/// </summary>
internal static partial class Parts
{
    public static void AddTo(RootCommand root, TimeProvider time) => Add(root, time);

    /// <summary>The exit code for an error of these commands; <c>null</c> where it is none of theirs.</summary>
    public static int? ExitCodeOf(Exception error)
    {
        int? code = null;
        Judge(error, ref code);
        return code;
    }

    static partial void Add(RootCommand root, TimeProvider time);

    static partial void Judge(Exception error, ref int? code);
}
