namespace Charlie.Sandbox.Context;

/// <summary>Who stands behind an access key. Functions have keys of their own; whoever runs them says so here.</summary>
public sealed class CallerDirectory
{
    /// <summary>The function's name behind an access key, or <c>null</c> for any other caller.</summary>
    public Func<string, string?> NameOf { get; set; } = _ => null;

    /// <summary>
    /// Ends the function's process behind an access key, as a fault of the kind <c>kill</c> wants it. Called under the
    /// cloud's lock: it must not wait for the process.
    /// </summary>
    public Action<string> Kill { get; set; } = _ => { };
}
