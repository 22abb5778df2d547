using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Charlie.Cli.Commands.Operating;
using Charlie.Operations.Doctor;
using Charlie.Operations.Fitting;
using Charlie.Operations.History;
using Charlie.Operations.Planning;
using Charlie.Operations.Releases;
using Charlie.Operations.Requests;
using Charlie.Operations.Status;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>The shapes of <c>--json</c> are those of docs/schemas: a change of one is seen, and raises its number.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string, Type> Shapes => new()
    {
        { "status", typeof(StatusDocument) },
        { "history", typeof(HistoryDocument) },
        { "show", typeof(ShownRelease) },
        { "plan", typeof(PlanDocument) },
        { "wait", typeof(WaitDocument) },
        { "answer", typeof(AnswerDocument) },
        { "push", typeof(PushDocument) },
        { "doctor", typeof(DoctorDocument) },
        { "check-image", typeof(FittingDocument) },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_shape_is_the_documented_one(string name, Type type)
    {
        var path = Path.Combine(Golden.Root(), "docs", "schemas", $"{name}.json");
        var schema = Documents.Options.GetJsonSchemaAsNode(type).ToJsonString(Documents.Options) + "\n";
        if (Environment.GetEnvironmentVariable("CHARLIE_GOLDEN") == "write")
        {
            File.WriteAllText(path, schema);
        }

        Assert.Equal(File.ReadAllText(path), schema);
        Assert.NotNull(JsonNode.Parse(schema)!["properties"]!["shape"]);
    }
}
