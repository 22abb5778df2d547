namespace Charlie.Lambdas.Decisions;

/// <summary>Who may hold deployments; each holder's hold and resume are record tags of their own.</summary>
internal enum Holder
{
    Operator,

    /// <summary>The stack's deploy window.</summary>
    Window,
}

/// <summary>The words of events and record tags.</summary>
internal static class Holders
{
    public const string Allowed = "'operator' or 'window'";

    public static string Word(this Holder holder) => holder switch
    {
        Holder.Window => "window",
        _ => "operator",
    };

    public static Holder? Read(string word) => word switch
    {
        "operator" => Holder.Operator,
        "window" => Holder.Window,
        _ => null,
    };
}
