using Charlie.Lambdas;
using Charlie.Operations.Stack;

namespace Charlie.Cli.Web.Reading;

/// <summary>Which app the page shows, and where it is.</summary>
/// <param name="Embedded">The embedded AWS's endpoint; <c>null</c> for an account.</param>
/// <param name="TakesAnyImage">Whether instances run images that are made up; real containers need real ones.</param>
internal sealed record ConsoleApp(StackDescription Stack, string Region, Uri? Embedded, bool TakesAnyImage)
{
    public string Name => Settings.App;

    public Settings Settings => Stack.Settings;
}
