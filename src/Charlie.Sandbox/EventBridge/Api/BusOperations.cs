using System.Text.Json.Nodes;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.EventBridge.Api;

/// <summary>The operations on buses.</summary>
internal sealed class BusOperations(EventRouter router)
{
    public const string NameOrArn = @"(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/\.\-_A-Za-z0-9]+";

    private const string Name = @"[/\.\-_A-Za-z0-9]+";

    public JsonObject CreateEventBus(JsonArguments arguments)
    {
        var name = arguments.Required("Name", 256, Name);
        if (name.Contains('/', StringComparison.Ordinal))
        {
            throw new AwsException("ValidationException", "Event bus name must not contain '/'.");
        }

        if (router.FindBus(name) is not null)
        {
            throw new AwsException("ResourceAlreadyExistsException", $"Event bus {name} already exists.");
        }

        var description = arguments.Text("Description", 512);
        var bus = router.CreateBus(name);
        bus.Description = description;
        var response = new JsonObject { ["EventBusArn"] = bus.Arn };
        return Optional(response, "Description", description);
    }

    public JsonObject DescribeEventBus(JsonArguments arguments) => Describe(Existing(arguments, "Name"));

    public JsonObject ListEventBuses(JsonArguments arguments)
    {
        var prefix = arguments.Text("NamePrefix", 256, Name) ?? "";
        return EventsPage.Write(
            "EventBuses", router.Buses.Where(bus => bus.Name.StartsWith(prefix, StringComparison.Ordinal)), Describe, arguments);
    }

    public JsonObject? DeleteEventBus(JsonArguments arguments)
    {
        var name = arguments.Required("Name", 256, Name);
        if (name == EventBus.Default)
        {
            throw new AwsException("ValidationException", "Cannot delete event bus default.");
        }

        if (router.FindBus(name) is { } bus)
        {
            router.DeleteBus(bus);
        }

        return null;
    }

    /// <summary>The bus that a request names by name or ARN; the default one when it names none.</summary>
    public EventBus Existing(JsonArguments arguments, string member)
    {
        var name = arguments.Text(member, 1600, NameOrArn) ?? EventBus.Default;
        return router.FindBus(name) ?? throw new AwsException("ResourceNotFoundException", $"Event bus {name} does not exist.");
    }

    public static JsonObject Optional(JsonObject document, string name, string? value)
    {
        if (value is not null)
        {
            document[name] = value;
        }

        return document;
    }

    private static JsonObject Describe(EventBus bus)
    {
        var document = new JsonObject
        {
            ["Name"] = bus.Name,
            ["Arn"] = bus.Arn,
            ["CreationTime"] = bus.CreatedAt.ToUnixTimeSeconds(),
            ["LastModifiedTime"] = bus.LastModifiedAt.ToUnixTimeSeconds(),
        };
        return Optional(Optional(document, "Description", bus.Description), "Policy", bus.Policy);
    }
}
