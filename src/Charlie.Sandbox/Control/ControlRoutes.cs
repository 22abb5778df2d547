using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Charlie.Sandbox.CloudFormation;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Charlie.Sandbox.Control;

/// <summary>The sandbox's own API under <c>/_sandbox</c>: what happened, and the knobs.</summary>
internal static class ControlRoutes
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <param name="mapFurther">Adds the routes of the sandbox's parts.</param>
    public static void Map(IEndpointRouteBuilder application, Cloud cloud, Action<IEndpointRouteBuilder> mapFurther)
    {
        var routes = application.MapGroup("/_sandbox");
        Read(routes, "health", _ => new { Status = "ok" });
        Read(routes, "timeline", request => Tail(request, cloud.Timeline.PageFrom));
        Read(routes, "calls", request => Tail(request, cloud.Endpoint.CallsFrom));
        Read(routes, "faults", _ => cloud.Faults.Waiting);
        Write<Fault>(routes.MapPost, "faults", (_, fault) => Arm(cloud, fault));
        Write<CapacitySetting>(routes.MapPut, "capacity", (_, setting) => PutCapacity(cloud, setting));
        routes.MapDelete("faults", context =>
        {
            cloud.Faults.Clear();
            return Respond(context, StatusCodes.Status200OK, cloud.Faults.Waiting);
        });
        routes.MapPost("instances/{id}/kill", context => Kill(context, cloud));
        Write<TargetSetting>(routes.MapPut, "targets", (_, setting) =>
        {
            lock (cloud.Gate)
            {
                cloud.AutoScaling.TargetHealth.Set(setting.Instance, setting.Healthy);
            }

            return setting;
        });
        Write<StackSetting>(routes.MapPut, "stacks", (_, setting) => PutStack(cloud, setting));
        Write<RoleSetting>(routes.MapPut, "roles", (_, setting) => PutRole(cloud, setting));
        mapFurther(routes);
        routes.MapFallback("{*path}", context =>
            Respond(context, StatusCodes.Status404NotFound,
            new { Error = $"No such control: {context.Request.Method} {context.Request.Path}" }));
    }

    /// <summary>Adds a route that returns what <paramref name="read"/> gives, as JSON.</summary>
    public static void Read(IEndpointRouteBuilder routes, string pattern, Func<HttpRequest, object> read) =>
        routes.MapGet(pattern, context => Attempt(context, () => ValueTask.FromResult(read(context.Request))));

    /// <summary>Adds a route that reads a JSON object and responds with what <paramref name="write"/> gives.</summary>
    public static void Write<T>(
        Func<string, RequestDelegate, IEndpointConventionBuilder> map, string pattern, Func<HttpRequest, T, object> write)
        where T : class =>
        map(pattern, context => Attempt(context, async () =>
        {
            var body = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Json, context.RequestAborted)
                ?? throw new ControlException("The body must be a JSON object.");
            return write(context.Request, body);
        }));

    private static async Task Attempt(HttpContext context, Func<ValueTask<object>> response)
    {
        try
        {
            await Respond(context, StatusCodes.Status200OK, await response());
        }
        catch (ControlException error)
        {
            await Respond(context, StatusCodes.Status400BadRequest, new { Error = error.Message });
        }
        catch (JsonException error)
        {
            await Respond(context, StatusCodes.Status400BadRequest,
                new { Error = $"The body is not the JSON expected here: {error.Message}" });
        }
    }

    public static Task Respond(HttpContext context, int status, object body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, Json, context.RequestAborted);
    }

    private static object Tail<T>(HttpRequest request, Func<int, (IReadOnlyList<T> Entries, int Next)> read)
    {
        var text = (string?)request.Query["from"] ?? "0";
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var from))
        {
            throw new ControlException($"from counts entries from 0; '{text}' does not.");
        }

        var (entries, next) = read(from);
        return new { Entries = entries, Next = next };
    }

    private static StackSetting PutStack(Cloud cloud, StackSetting setting)
    {
        lock (cloud.Gate)
        {
            cloud.Stacks.Put(new DescribedStack(
                setting.Name, cloud.Time.GetUtcNow(), setting.Parameters ?? new Dictionary<string, string>(), setting.Outputs));
        }

        return setting;
    }

    private static RoleSetting PutRole(Cloud cloud, RoleSetting setting)
    {
        try
        {
            lock (cloud.Gate)
            {
                cloud.Roles.Put(setting.Role, setting.Policy);
            }

            return setting;
        }
        catch (FormatException error)
        {
            throw new ControlException(error.Message);
        }
    }

    private static Fault Arm(Cloud cloud, Fault fault)
    {
        if (fault.Violation() is { } violation)
        {
            throw new ControlException(violation);
        }

        cloud.Faults.Arm(fault);
        return fault;
    }

    private static CapacitySetting PutCapacity(Cloud cloud, CapacitySetting setting)
    {
        if (setting.Instances < 0)
        {
            throw new ControlException("instances must be 0 or more, or null for no limit.");
        }

        lock (cloud.Gate)
        {
            cloud.Ec2.Instances.Capacity = setting.Instances;
        }

        return setting;
    }

    private static Task Kill(HttpContext context, Cloud cloud)
    {
        var id = (string?)context.Request.RouteValues["id"] ?? string.Empty;
        lock (cloud.Gate)
        {
            if (cloud.Ec2.Instances.Find(id) is { State: not InstanceState.Terminated } instance)
            {
                cloud.Timeline.Record("fault", "InstanceKilled", id, $"{id} dies at once");
                cloud.Ec2.Instances.Kill(instance);
                return Respond(context, StatusCodes.Status200OK, new { InstanceId = id });
            }
        }

        return Respond(context, StatusCodes.Status404NotFound, new { Error = $"No instance {id} is running." });
    }

    /// <param name="Instances">How many instances may exist at once; <c>null</c> for no limit.</param>
    private sealed record CapacitySetting(int? Instances);

    /// <summary>A stack of a template that the sandbox does not deploy.</summary>
    private sealed record StackSetting(
        string Name, IReadOnlyDictionary<string, string> Outputs, IReadOnlyDictionary<string, string>? Parameters = null);

    /// <summary>What a role may do.</summary>
    private sealed record RoleSetting(string Role, JsonElement Policy);

    /// <summary>What the load balancers say of an instance.</summary>
    private sealed record TargetSetting(string Instance, bool Healthy);
}
