using Charlie.EndToEnd.Tests.Serve;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Doctor;
using Charlie.Operations.Requests;
using Charlie.Operations.Setup;
using static Charlie.EndToEnd.Tests.Operating.Examples;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary><c>charlie doctor --wait</c>, and what the doctor says of an account on which the app is not installed yet.</summary>
public sealed class DoctorWaitTests
{
    [Fact]
    public async Task It_ends_with_the_first_confirmed_release_whatever_else_is_wrong()
    {
        await using var served = await ServedAws.StartAsync();
        var charlie = new OperatingCommand(served);
        var said = await charlie.RunAsync(0, "doctor", "--wait");
        Assert.Contains("alerts: The alert topic has no subscription", said, StringComparison.Ordinal);
        Assert.EndsWith("Release 0.0 is confirmed.\n", said, StringComparison.Ordinal);

        // A later push changes nothing of that.
        await charlie.RunAsync(0, "hold", "-m", "elections", "--for", "8h", "-y");
        await charlie.RunAsync(0, "push");
        var document = await charlie.ReadAsync<DoctorDocument>(0, "doctor", "--wait");
        Assert.Equal((WaitEnd.Confirmed, "0.0"), (document.Outcome, document.Release!.Release));
        Assert.Equal(["NobodyIsTold"], document.Findings.Select(finding => finding.Name));
        Assert.Null((await charlie.ReadAsync<DoctorDocument>(1, "doctor")).Outcome);

        // Of an app that never comes the time is up, with the next step.
        var never = await charlie.ReadAsync<DoctorDocument>(4, "doctor", "--wait", "--timeout", "3s", "--app", "other");
        Assert.Equal((null, null, "MachineImageMissing"), (never.Outcome, never.Release, Assert.Single(never.Findings).Name));
        var lines = await charlie.RunAsync(4, "doctor", "--wait", "--timeout", "3s", "--app", "other");
        Assert.Single(lines.Split('\n'), line => line.EndsWith("is not built yet. ./install machine", StringComparison.Ordinal));
        Assert.Contains("must be a length", await charlie.RunAsync(2, "doctor", "--wait", "--timeout", "soon"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_push_that_is_rolled_back_is_an_end()
    {
        var waiting = Confirmed().With(records => records with { Versions = [Version(1, Release.Base)], Confirmations = [] });
        Assert.Null(FirstRelease.Of(waiting).End);
        Assert.Equal(Release.Base, FirstRelease.Of(waiting).Facts.Release);

        var pushed = waiting.With(records => records with { Versions = [Version(1, Release.Base), Version(2, First)] });
        Assert.Equal((First, null), (FirstRelease.Of(pushed).Facts.Release, FirstRelease.Of(pushed).End));

        var rejection = RejectionOf(First, Release.Base, RejectedBy.Charlie, "app: exited with 1");
        var rejected = pushed.With(records => records with { Rejections = [rejection] });
        Assert.Equal(WaitEnd.RolledBack, FirstRelease.Of(rejected).End);

        var hold = new Hold(Holder.Operator, Release.Base, Now, null, "why");
        var held = pushed.With(records => records with { Holds = [hold], ReadAt = Now });
        Assert.Equal(WaitEnd.Held, FirstRelease.Of(held).End);

        var confirmed = rejected.With(records => records with { Confirmations = [new Confirmation(Release.Base, 1, Now)] });
        Assert.Equal((Release.Base, WaitEnd.Confirmed), (FirstRelease.Of(confirmed).Facts.Release, FirstRelease.Of(confirmed).End));
    }

    [Theory]
    [InlineData("", "MachineImageMissing", "./install machine")]
    [InlineData("MachineImage=ami-1", "ProductionMissing", "./install production")]
    [InlineData("MachineImage=ami-1 GroupName=other", "ProductionMissing", "./install production")]
    [InlineData("MachineImage=ami-1 GroupName=bot", "CharlieMissing", "./install charlie")]
    public void The_next_step_of_the_installation_is_named(string outputs, string name, string mend)
    {
        var stacks = outputs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(output => output.Split('='))
            .Select(pair => new StackFacts(
                pair[0], new Dictionary<string, string>(), new Dictionary<string, string> { [pair[0]] = pair[1] }))
            .ToList();
        var finding = Assert.Single(InstallChecks.Of("bot", stacks, Now).Findings);
        Assert.Equal(("install", name, mend), (finding.Check, finding.Name, finding.Mend));
    }
}
