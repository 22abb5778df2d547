using Charlie.Operations.Setup;

namespace Charlie.Operations.Doctor;

/// <summary>An account on which the app's stack is not there yet: which step of docs/installing.md comes next.</summary>
internal static class InstallChecks
{
    /// <param name="app">The app's name.</param>
    /// <param name="stacks">The stacks of the region.</param>
    public static DoctorDocument Of(string app, IReadOnlyList<StackFacts> stacks, DateTimeOffset at) =>
        new(DoctorDocument.NewestShape, app, at, [Next(app, stacks)], []);

    private static Finding Next(string app, IReadOnlyList<StackFacts> stacks) =>
        !stacks.Any(stack => stack.Outputs.ContainsKey("MachineImage")) ? new Finding(
            "install",
            "MachineImageMissing",
            "No stack of this region tells a MachineImage: the machines' image is not built yet.",
            "./install machine")
        : !stacks.Any(stack => stack.Outputs.GetValueOrDefault("GroupName") == app) ? new Finding(
            "install",
            "ProductionMissing",
            $"No stack of this region tells the GroupName {app}: the app has no network, launch template and group yet.",
            "./install production")
        : new Finding(
            "install",
            "CharlieMissing",
            $"There is no parameter /charlie/{app}/stack: Charlie itself is not deployed beside the group yet.",
            "./install charlie");
}
