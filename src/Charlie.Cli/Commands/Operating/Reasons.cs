using System.CommandLine;
using Charlie.Operations;

namespace Charlie.Cli.Commands.Operating;

/// <summary>Why an operator asks: it is recorded, notified and shown later.</summary>
internal static class Reasons
{
    /// <exception cref="OperationException">None is given.</exception>
    public static string Needed(ParseResult parsed) =>
        parsed.GetValue(AppOptions.Reason) is { } reason && !string.IsNullOrWhiteSpace(reason)
            ? reason
            : throw new OperationException("Say why: --reason \"...\". It is recorded, and people are notified of it.");

    public static string Or(ParseResult parsed, string usual) =>
        parsed.GetValue(AppOptions.Reason) is { } reason && !string.IsNullOrWhiteSpace(reason) ? reason : usual;
}
