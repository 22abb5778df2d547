namespace Charlie.Simulation.Tests.Mistakes;

/// <summary>The mistakes that the simulation has to find; <c>docs/simulation.md</c> shows the same table to people.</summary>
internal static class MistakeTable
{
    private const string Lifecycle = "Decisions/LifecycleDecision.cs";
    private const string Records = "Decisions/Records.cs";
    private const string Convergence = "Decisions/Convergence.cs";
    private const string Verdicts = "Functions/Verdicts.cs";

    public static readonly Mistake[] All =
    [
        new("confirm before the bake", 10, new Edit(Lifecycle, "facts.Now - facts.InServiceAt >= rules.BakeTime && ", "")),
        new(
            "give up before the floor", 60,
            new Edit(Verdicts, "        await tools.Template.WriteMarkAsync(rollBack.Floor.Key, rollBack.Floor.Value);", "        await GiveUpAsync(facts.Instance);\n        await tools.Template.WriteMarkAsync(rollBack.Floor.Key, rollBack.Floor.Value);")),
        new(
            "judge against the pin", 60,
            new Edit(Convergence, "instance.IsInService && IsOther(instance, target, records)).Select", "instance.IsInService && instance.Version != group.Pin).Select")),
        new(
            "compare version numbers for age", 60,
            new Edit("Decisions/Target.cs", "            .Select(version => version.Release)\n", "            .OrderByDescending(version => version.Number).Take(1).Select(version => version.Release)\n")),
        new("go back to a rejected release", 200, new Edit(Records, " && !Floors.Any(floor => floor.Rejects(confirmed))", "")),
        new(
            "one shared tag for all floors", 600,
            new Edit(Verdicts, "        steps.FloorRaised(rollBack.Floor);", "        steps.FloorRaised(rollBack.Floor);\n        await tools.Template.PruneAsync(new Pruning([.. facts.Records.Floors.Select(floor => floor.Key).Where(key => key != rollBack.Floor.Key)], []));"),
            new Edit(
                "Functions/RefreshFunction.cs",
                "                steps.FloorRaised(raise.Floor);",
                "                steps.FloorRaised(raise.Floor);\n                await template.PruneAsync(new Pruning([.. records.Floors.Select(floor => floor.Key).Where(key => key != raise.Floor.Key)], []));")),
        new(
            "the newest instead of the confirmed version", 200,
            new Edit(Records, "return confirmed?.Release == release\n            ? confirmed\n            : Versions", "return confirmed?.Number == -1\n            ? confirmed\n            : Versions")),
        new(
            "ignore the image proof", 60,
            new Edit("Decisions/HealthEvidence.cs", "answer is ProbeAnswer.Healthy healthy && healthy.Image == image", "answer is ProbeAnswer.Healthy"),
            new Edit(Lifecycle, "case ProbeAnswer.Healthy other when other.Image != version.Image:", "case ProbeAnswer.Healthy { Image: \"\" } other:")),
        new("no ClientToken", 100, new Edit("Aws/LaunchTemplateRecords.cs", "            ClientToken = Token($\"{push.Release}\\n{push.Image}\\n{source}\"),\n", "")),
        new(
            "no sweep", 60,
            new Edit("Functions/RefreshFunction.cs", "(\"aws.events\", \"Scheduled Event\") => await SweepAsync(\"the sweep found the group on another way\", steps),", "(\"aws.events\", \"Scheduled Event\") => reports.NothingToDo(\"\"),"),
            new Edit("Functions/LifecycleFunction.cs", "(\"aws.events\", \"Scheduled Event\") => await new Watch(settings, tools, steps).SweepAsync(),", "(\"aws.events\", \"Scheduled Event\") => reports.NothingToDo(\"\"),")),
        new("pin before a rolling refresh", 60, new Edit(Convergence, "confirmed ? pin : null", "pin")),
        new("confirm a group by one of its instances", 60, new Edit(Lifecycle, " && facts.Proving >= Math.Max(1, facts.DesiredCapacity)", "")),
        new(
            "confirm an empty group", 60,
            new Edit(
                Lifecycle,
                "        if (!instance.IsOnItsWay && !instance.IsInService)\n        {\n",
                "        if (!instance.IsOnItsWay && !instance.IsInService)\n        {\n            if (records.Version(instance.Version) is { } gone && gone.Release == Target.Of(records).Release && !records.IsConfirmed(gone.Release))\n            {\n                return new Confirm(new ConfirmedMark(gone.Release, gone.Number, facts.Now));\n            }\n\n")),
        new(
            "judge a proving instance by its deadline", 60,
            new Edit(Lifecycle, "if (!proved && IsLate(facts, rules, version))", "if (facts.Now - facts.LaunchedAt >= rules.HealthDeadline)")),
        new("prune what the target rests on", 400, new Edit("Decisions/Pruning.cs", "        release == target.Release\n        || release == records.GoBackFrom(target.Release)\n        || release == records.CountingFloor?.GoBackTo;", "        release.PipelineId < 0 && records is not null && target is not null;"), new Edit("Decisions/Pruning.cs", "ReleasesWithMarks = 10", "ReleasesWithMarks = 1")),
        new(
            "swallow a throttle", 400,
            new Edit(
                "Aws/AutoScalingGroups.cs",
                "        catch (AmazonServiceException error) when (isTooLate(error))\n        {\n            return false;\n        }",
                "        catch (AmazonServiceException error) when (isTooLate(error) || error.ErrorCode == \"Throttling\")\n        {\n            return !isTooLate(error);\n        }")),
        new("drop a report", 100, new Edit("Decisions/ReleaseEnd.cs", "!end.IsReported(records) && (end.Floor", "end.Kind > EndKind.RolledBack && !end.IsReported(records) && (end.Floor")),
        new("let an instance in without reading again", 200, new Edit("Functions/GroupJudge.cs", "            seen = await tools.ObserveAsync(before);\n            all = Decide(seen);", "            await Task.CompletedTask;")),
        new("one proof is enough", 10, new Edit(Lifecycle, "evidence.Proofs >= rules.Successes;", "evidence.Proofs >= 1;")),
        new("let the highest rejected release sink", 200, new Edit(Records, "new(CountingFloor is { } floor ? Release.Max(floor.Rejected, from) : from, goBackTo", "new(from, goBackTo")),
        new("follow a push that was overtaken", 60, new Edit("Decisions/RefreshDecision.cs", "if (push.Release < target.Release)", "if (push.Release.PipelineId < 0)")),
        new("run a rejected release again", 60, new Edit("Decisions/Target.cs", "release > floor.Rejected", "release > floor.GoBackTo")),
        new("blame the app for its machine", 60, new Edit(Lifecycle, "case ProbeAnswer.Failed { OfMachine: true } machine when confirmed || !IsOver(version, rules, facts.Now):\n                return new Retry", "case ProbeAnswer.Failed { OfMachine: true } machine when confirmed && IsOver(version, rules, facts.Now):\n                return new Retry")),
        new("start a refresh beside one towards something else", 60, new Edit(Convergence, "? new RefreshStep.RollBack(refresh)\n                        : new RefreshStep.Cancel(refresh),", "? new RefreshStep.RollBack(refresh)\n                        : null,")),
        new("let a rollback to what should not run go on", 200, new Edit(Convergence, "refresh.IsCancelling || ", "refresh.IsCancelling || refresh.Status is \"RollbackInProgress\" || ")),
    ];
}
