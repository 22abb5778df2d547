using System.Text.Json.Nodes;
using Charlie.Cli.Web.Reading;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Requests;

namespace Charlie.Cli.Web.Actions;

/// <summary>What the page offers for an app, with the commands that do the same.</summary>
internal static class ActionCatalog
{
    private const string UsualApp = "charlie";
    private const string Why = "why";

    public static IReadOnlyList<ActionDocument> Of(ConsoleApp app, Snapshot snapshot) =>
    [
        .. app is { Embedded: { } endpoint, TakesAnyImage: true } ? Pushes(app, endpoint, snapshot) : [],
        .. app.Embedded is { } embedded ? Breakages(embedded, snapshot) : [],
        .. SteerRequest.All.Select(request => Steer(request, app, snapshot)),
    ];

    private static IEnumerable<ActionDocument> Pushes(ConsoleApp app, Uri endpoint, Snapshot snapshot)
    {
        var push = NextPush.Of(snapshot, app.Settings);
        return PushKind.All.Select(kind => new ActionDocument(
            kind.Action,
            "push",
            true,
            false,
            [
                new CommandDocument("charlie", kind.Command + AppOption(app)),
                .. kind.Setting.Count > 1 || kind.Behaviour != "healthy"
                    ? (CommandDocument[])[new("curl", CurlOf("PUT", endpoint, $"images/{push.Digest}", kind.Setting))]
                    : [],
                new CommandDocument("aws", PutEvents(app, push.Event)),
            ]));
    }

    private static IEnumerable<ActionDocument> Breakages(Uri endpoint, Snapshot snapshot) =>
        Breakage.All(snapshot).Select(breakage => new ActionDocument(
            breakage.Action,
            "break",
            breakage.Route is not null,
            false,
            [
                .. breakage.Route is { } route
                    ? (CommandDocument[])[new("curl", CurlOf("POST", endpoint, route, breakage.Body))]
                    : [],
                .. breakage.AwsCommand is { } command ? (CommandDocument[])[command] : [],
            ]));

    private static ActionDocument Steer(SteerRequest request, ConsoleApp app, Snapshot snapshot)
    {
        var isOpen = request.IsOpen(snapshot);
        var charlie = $"charlie {request.Command}{(request.Usual is null ? $" --reason {Shell.Quote(Why)}" : "")}{AppOption(app)}";
        return new ActionDocument(
            request.Action,
            "steer",
            isOpen,
            request.Usual is null,
            isOpen
                ?
                [
                    new CommandDocument("charlie", charlie),
                    new CommandDocument(
                        "aws", PutEvents(app, request.EventOf(app.Name, snapshot, request.Usual ?? Why, Environment.UserName))),
                ]
                : [new CommandDocument("charlie", charlie)]);
    }

    private static string PutEvents(ConsoleApp app, OperatorEvent put)
    {
        var entries = new JsonArray(new JsonObject
        {
            ["EventBusName"] = app.Stack.Bus,
            ["Source"] = put.Source,
            ["DetailType"] = put.DetailType,
            ["Detail"] = put.Detail.ToJsonString(),
        });
        return $"aws events put-events {(app.Embedded is null ? $"--region {app.Region} " : "")}--entries {Shell.Quote(entries)}";
    }

    private static string CurlOf(string method, Uri endpoint, string route, JsonObject body) =>
        $"curl -X {method} {endpoint.ToString().TrimEnd('/')}/_sandbox/{route}{(body.Count > 0 ? $" -d {Shell.Quote(body)}" : "")}";

    private static string AppOption(ConsoleApp app) => app.Name == UsualApp ? "" : $" --app {app.Name}";
}
