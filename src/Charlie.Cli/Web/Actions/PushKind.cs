using System.Globalization;
using System.Text.Json.Nodes;

namespace Charlie.Cli.Web.Actions;

/// <summary>A kind of image that the playground pushes, and what it does on a machine.</summary>
/// <param name="Behaviour">As <c>charlie push</c> names it.</param>
/// <param name="AfterSeconds">How long it stays healthy where it turns, else its boot time; <c>null</c> for the usual one.</param>
/// <param name="Says">The app's last line.</param>
internal sealed record PushKind(string Action, string Behaviour, double? AfterSeconds = null, string? Says = null)
{
    // Slow is less than the machine deadline of charlie serve (20 s); flapping is shorter than its bake time (3 s).
    public static readonly IReadOnlyList<PushKind> All =
    [
        new("push-good", "healthy"),
        new("push-slow", "healthy", 12),
        new("push-crashing", "exits", Says: "panic: no config"),
        new("push-flapping", "flaps", 2),
        new("push-wrong", "other-image"),
    ];

    public JsonObject Setting
    {
        get
        {
            var setting = new JsonObject { ["behaviour"] = Behaviour };
            if (AfterSeconds is { } seconds)
            {
                setting["afterSeconds"] = seconds;
            }

            if (Says is not null)
            {
                setting["reason"] = Says;
            }

            return setting;
        }
    }

    public string Command =>
        $"charlie push {Behaviour}"
        + (AfterSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $" --after {seconds}") : "")
        + (Says is { } says ? $" --says {Shell.Quote(says)}" : "");
}
