using System.Text.Json.Nodes;

namespace Charlie.Deploy.Tests;

/// <summary><c>serverless.template</c> as JSON with the functions' long forms, and the few readings that the tests share.</summary>
internal static class Template
{
    public static JsonObject Root { get; } = TemplateReader.Read(Repository.Read("serverless.template"));

    public static JsonObject Parameters => Root[nameof(Parameters)]!.AsObject();

    public static JsonObject Resources => Root[nameof(Resources)]!.AsObject();

    public static IEnumerable<(string Id, JsonObject Properties)> OfType(string type) =>
        from resource in Resources
        where (string?)resource.Value!["Type"] == type
        select (resource.Key, resource.Value["Properties"]!.AsObject());

    public static JsonObject Properties(string id) => Resources[id]!["Properties"]!.AsObject();

    public static IEnumerable<(string Function, string Id, string Type, JsonObject Properties)> FunctionEvents() =>
        from function in OfType("AWS::Serverless::Function")
        from e in function.Properties["Events"]?.AsObject() ?? []
        select (function.Id, e.Key, (string)e.Value!["Type"]!, e.Value["Properties"]!.AsObject());

    /// <summary>Every object in the template that is an IAM policy statement, conditional ones included.</summary>
    public static IEnumerable<JsonObject> RoleStatements(string role) =>
        from policy in Properties(role)["Policies"]!.AsArray()
        from statement in policy!["PolicyDocument"]!["Statement"]!.AsArray()
        select (statement!["Fn::If"] is JsonArray choice ? choice[1] : statement)!.AsObject();

    public static IEnumerable<JsonNode> Descendants(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(member => Descendants(member.Value)).Prepend(o),
        JsonArray a => a.SelectMany(Descendants).Prepend(a),
        null => [],
        _ => [node],
    };

    public static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        null => [],
        JsonArray many => many.Select(one => one!.ToString()),
        _ => [node.ToString()],
    };

    public static string Ref(string id) => $$"""{"Ref":"{{id}}"}""";

    public static string GetAtt(string id, string attribute) => $$"""{"Fn::GetAtt":["{{id}}","{{attribute}}"]}""";
}
