using System.Text.Json.Nodes;
using Charlie.EndToEnd.Tests.Fixture;
using Charlie.Simulation.Production;

namespace Charlie.EndToEnd.Tests.Malformed;

/// <summary>How an event that must change nothing ends.</summary>
internal enum Refusal
{
    /// <summary>EventBridge does not take it.</summary>
    ByEventBridge,

    /// <summary>No rule matches it.</summary>
    Unheard,

    Rejected,

    Stale,

    /// <summary>Stale, and the release is recorded: nothing is notified.</summary>
    Duplicate,
}

/// <summary>An event that must change nothing.</summary>
/// <param name="Names">What the report's reason has to name.</param>
internal sealed record MalformedEvent(string What, JsonObject Entry, Refusal Refusal, string Names = "");

/// <summary>Events of every wrong kind, around a release that runs and one that was rolled back.</summary>
/// <param name="running">The pipeline and job of the release that runs.</param>
/// <param name="rejected">Those of a release above it that was rolled back.</param>
internal sealed class MalformedEvents(
    (long Pipeline, long Job) running, (long Pipeline, long Job) rejected, BotImage runningImage, BotImage rejectedImage)
{
    private const int PutEventsLimit = 256 * 1024;

    /// <summary>What must never reach a shell, a browser, a terminal, a mail's header or a path as it is.</summary>
    private static readonly string[] Scripts =
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE releases; --",
        "$(reboot) `reboot` ${IFS}",
        "\u001b[2J\u001b[31m",
        "x\r\nSubject: all is well",
        "../../../etc/passwd",
        "\u202egpj.exe\u200b\ufeff",
        "%0a%00{{7*7}}",
        "\0",
        "",
        " ",
    ];

    /// <summary>Git allows them as the name of a branch; no code uses that name.</summary>
    private static readonly string[] BranchNames = [Scripts[0], Scripts[6]];

    private readonly JsonObject valid = Pipeline.Detail(new BotImage("next"), rejected.Pipeline + 1, rejected.Job + 1);

    private string Running => $"{running.Pipeline}.{running.Job}";

    public IEnumerable<MalformedEvent> All =>
        [.. Envelopes(), .. WrongTypes(), .. WrongTexts(), .. WrongImages(), .. WrongNumbers(), .. Huge(), .. Overtaken(), .. Rollbacks()];

    private static MalformedEvent Push(string what, string? detail, Refusal refusal, string names = "") =>
        new(what, EventDoor.Entry("charlie.ci", "Image Pushed", detail), refusal, names);

    private IEnumerable<MalformedEvent> Envelopes()
    {
        yield return Push("no detail", null, Refusal.ByEventBridge);
        yield return Push("an empty detail", "", Refusal.ByEventBridge);
        yield return Push("a detail that is no JSON", "image=1.2", Refusal.ByEventBridge);
        yield return Push("a detail that is an array", "[]", Refusal.ByEventBridge);
        yield return Push("a detail that is null", "null", Refusal.ByEventBridge);
        yield return Push("a detail that is cut off", valid.ToJsonString()[..^9], Refusal.ByEventBridge);
        yield return Push("a detail with nothing in it", "{}", Refusal.Rejected, "detail.app");
        yield return Push("half a character in a text", valid.ToJsonString().Replace("\"main\"", @"""\ud83e""", StringComparison.Ordinal),
            Refusal.ByEventBridge);
        yield return Push("a detail inside a detail", new JsonObject { ["detail"] = valid.DeepClone() }.ToJsonString(),
            Refusal.Rejected, "detail.app");
        yield return new("another detail-type", EventDoor.Entry("charlie.ci", "Image Pulled", valid.ToJsonString()), Refusal.Unheard);
        yield return new("another source", EventDoor.Entry("charlie.c1", "Image Pushed", valid.ToJsonString()), Refusal.Unheard);
        yield return new("AWS's own source", EventDoor.Entry("aws.autoscaling", "EC2 Instance-launch Lifecycle Action", "{}"),
            Refusal.ByEventBridge);
    }

    private IEnumerable<MalformedEvent> WrongTypes()
    {
        JsonNode?[] values = [null, true, new JsonArray(), new JsonObject(), new JsonArray("x"), 1.5, new JsonObject { ["$ref"] = "#" }];
        foreach (var name in valid.Select(field => field.Key))
        {
            if (name != "tag")
            {
                yield return With($"{name} missing", detail => detail.Remove(name), name);
            }

            foreach (var value in values.Where(value => name != "tag" || value is not null))
            {
                yield return With($"{name} as {value?.ToJsonString() ?? "null"}", detail => detail[name] = value?.DeepClone(), name);
            }
        }
    }

    private IEnumerable<MalformedEvent> WrongTexts()
    {
        foreach (var name in valid.Select(field => field.Key))
        {
            for (var script = 0; script < Scripts.Length; script++)
            {
                var text = Scripts[script];
                if (name == "ref" && BranchNames.Contains(text))
                {
                    continue;
                }

                yield return With($"{name} as script {script}", detail => detail[name] = text, name);
                if (text.Length > 0)
                {
                    yield return With($"{name} with script {script} behind it", detail => detail[name] = detail[name] + text, name);
                }
            }

            yield return With($"{name} with a line end behind it", detail => detail[name] = detail[name] + "\n", name);
        }

        yield return With("the name of a field in capitals", detail =>
        {
            detail["Image"] = valid["image"]!.DeepClone();
            detail.Remove("image");
        }, "image");
    }

    private IEnumerable<MalformedEvent> WrongImages()
    {
        var digest = new BotImage("next").Digest;
        string[] images =
        [
            $"{BotImage.Repository}:1.3",
            $"{BotImage.Repository}:latest",
            $"{BotImage.Repository}:1.3@{digest}",
            BotImage.Repository,
            digest,
            $"{BotImage.Repository}-evil@{digest}",
            $"{BotImage.Repository}/evil@{digest}",
            $"registry.gitlab.com/example/other@{digest}",
            $"registry.gitlab.com.evil.example/example/charlie@{digest}",
            $"evil.example/{BotImage.Repository}@{digest}",
            $"https://{BotImage.Repository}@{digest}",
            $"{BotImage.Repository.ToUpperInvariant()}@{digest}",
            $"{BotImage.Repository}@{digest.ToUpperInvariant()}",
            $"{BotImage.Repository}@sha256:{digest[7..].ToUpperInvariant()}",
            $"{BotImage.Repository}@{digest[..^1]}",
            $"{BotImage.Repository}@{digest}0",
            $"{BotImage.Repository}@sha512:{digest[7..]}{digest[7..]}",
            $"{BotImage.Repository}@{digest}@{digest}",
        ];
        return images.Select(image => With($"image {image}", detail => detail["image"] = image, "image"))
            .Append(With("an unknown app", detail => detail["app"] = "charlotte", "app"))
            .Append(With("another project's pipeline", detail =>
                detail["pipelineUrl"] = $"https://gitlab.com/evil/charlie/-/pipelines/{detail["pipelineId"]}", "pipelineUrl"))
            .Append(With("another pipeline's URL", detail =>
                detail["pipelineUrl"] = $"{Pipeline.ProjectUrl}/-/pipelines/1", "pipelineUrl"));
    }

    private IEnumerable<MalformedEvent> WrongNumbers()
    {
        string[] numbers = ["0", "-1", "-9223372036854775808", "9223372036854775808", "1e400", "1.0", "0.5"];
        foreach (var name in (string[])["pipelineId", "jobId", "projectId"])
        {
            foreach (var number in numbers)
            {
                // Written out: not each of them is a number of .NET's.
                var detail = valid.ToJsonString().Replace($"\"{name}\":{valid[name]}", $"\"{name}\":{number}", StringComparison.Ordinal);
                yield return Push($"{name} {number}", detail, Refusal.Rejected, $"detail.{name}");
            }
        }

        yield return With("another project", detail => detail["projectId"] = 4243, "projectId");
    }

    private IEnumerable<MalformedEvent> Huge()
    {
        var max = new string('x', PutEventsLimit - 4096);
        foreach (var name in valid.Select(field => field.Key))
        {
            yield return With($"a huge {name}", detail => detail[name] = max, name);
        }

        yield return With("a huge field beside a wrong one", detail => (detail["commit"], detail["padding"]) = ("HEAD", max), "commit");
        yield return Push("more than EventBridge takes",
            With("", detail => detail["padding"] = max + max, "").Entry["Detail"]!.ToString(), Refusal.ByEventBridge);
        yield return Push("a thousand objects deep", Deep(1000), Refusal.Rejected, "detail.app");
        yield return Push("deep beside a wrong field", Deep(50), Refusal.Rejected, "detail.app");
    }

    private IEnumerable<MalformedEvent> Overtaken()
    {
        yield return Push("a release below the running one",
            $"{Pipeline.Detail(runningImage, running.Pipeline - 1, running.Job - 9)}", Refusal.Stale, Running);
        yield return Push("an older job of the running pipeline",
            $"{Pipeline.Detail(runningImage, running.Pipeline, running.Job - 1)}", Refusal.Stale, Running);
        yield return Push("the release that was rolled back",
            $"{Pipeline.Detail(rejectedImage, rejected.Pipeline, rejected.Job)}", Refusal.Duplicate, "was rejected");
        yield return Push("the running release with another image",
            $"{Pipeline.Detail(rejectedImage, running.Pipeline, running.Job)}", Refusal.Rejected, runningImage.Name);
    }

    private IEnumerable<MalformedEvent> Rollbacks()
    {
        var good = new JsonObject { ["app"] = ProductionGroup.Name, ["fromRelease"] = Running, ["reason"] = "orders are rejected" };
        yield return Rollback("nothing in it", new JsonObject(), Refusal.Rejected, "detail.app");
        yield return Rollback("another app", Set(good, "app", "charlotte"), Refusal.Rejected, "detail.app");
        foreach (var name in (string[])["fromRelease", "toRelease"])
        {
            JsonNode[] values =
                [1048576.77, 7, true, new JsonArray(), new JsonObject(), "1048576", "1048576.", ".1", "1.2.3", "-1.2", " 1.2",
                "01.2", "+1.2", "1,2", .. Scripts];
            foreach (var value in values)
            {
                yield return Rollback(
                    $"{name} {value.ToJsonString()}", Set(good, name, value.DeepClone()), Refusal.Rejected, $"detail.{name}");
            }
        }

        yield return Rollback("no fromRelease", Set(good, "fromRelease", null), Refusal.Rejected, "detail.fromRelease");
        foreach (var reason in (JsonNode?[])[null, "", " \t\r\n", 7, true, new JsonArray("why")])
        {
            yield return Rollback($"reason {reason?.ToJsonString()}", Set(good, "reason", reason), Refusal.Rejected, "detail.reason");
        }

        yield return Rollback("to a release above", Set(good, "toRelease", $"{rejected.Pipeline}.{rejected.Job}"), Refusal.Rejected,
            "toRelease");
        yield return Rollback("to a release far above", Set(good, "toRelease", "999999999.1"), Refusal.Rejected, "toRelease");
        yield return Rollback("to itself", Set(good, "toRelease", Running), Refusal.Rejected, "toRelease");
        yield return Rollback("to an unknown release", Set(good, "toRelease", "5.5"), Refusal.Rejected, "toRelease");
        yield return Rollback("from a release that does not run", Set(good, "fromRelease", "5.5"), Refusal.Stale, Running);
        yield return Rollback("from the release that was rolled back",
            Set(good, "fromRelease", $"{rejected.Pipeline}.{rejected.Job}"), Refusal.Stale, Running);
        yield return Rollback(
            "from a release above that does not run, with a script as reason",
                Set(Set(good, "fromRelease", "999999999.1"), "reason", Scripts[0]), Refusal.Stale, Running);
    }

    private MalformedEvent With(string what, Action<JsonObject> change, string name)
    {
        var detail = valid.DeepClone().AsObject();
        change(detail);
        return Push(what, detail.ToJsonString(), Refusal.Rejected, $"detail.{name}");
    }

    private static MalformedEvent Rollback(string what, JsonObject detail, Refusal refusal, string names) =>
        new($"rollback: {what}", EventDoor.Entry("charlie.ops", "Rollback Requested", detail.ToJsonString()), refusal, names);

    private static JsonObject Set(JsonObject detail, string name, JsonNode? value)
    {
        var changed = detail.DeepClone().AsObject();
        changed[name] = value;
        return changed;
    }

    private static string Deep(int levels) =>
        string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);
}
