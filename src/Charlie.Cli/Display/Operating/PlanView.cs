using System.Globalization;
using Charlie.Cli.Display.Operating.Texts;
using Charlie.Operations.Planning;
using Spectre.Console;

namespace Charlie.Cli.Display.Operating;

/// <summary><c>charlie plan</c>: action by action, each with its reason.</summary>
internal static class PlanView
{
    public static Page Of(PlanDocument plan, int width)
    {
        var page = new Page(width);
        page.Sentence(
            plan.Actions.Count == 0 ? $"A {plan.Request} would change nothing now."
                : $"A {plan.Request} would do {Words.Count(plan.Actions.Count, "action", "actions")} now:",
            plan.IsTurnedDown ? Color.Red : null);
        Actions(page, plan);
        page.Blank();
        page.Sentence($"It would end with: {plan.Summary}");
        return page;
    }

    public static void Actions(Page page, PlanDocument plan) =>
        page.Table(
            [],
            [
                .. plan.Actions.Select((action, at) => (IReadOnlyList<string>)
                    [string.Create(CultureInfo.InvariantCulture, $"  {at + 1}."), $"{action.What}: {action.Why}"]),
            ]);
}
