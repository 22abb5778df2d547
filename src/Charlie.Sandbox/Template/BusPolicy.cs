using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Template;

/// <summary>The statement that an <c>AWS::Events::EventBusPolicy</c> adds to its bus's policy.</summary>
internal static class BusPolicy
{
    public static JsonObject Statement(TemplateNode properties)
    {
        var id = properties["StatementId"].Required();
        if (properties["Statement"].Value is JsonObject written)
        {
            var statement = written.DeepClone().AsObject();
            statement["Sid"] = id;
            return statement;
        }

        // The older form names an action and an account.
        return new JsonObject
        {
            ["Sid"] = id,
            ["Effect"] = "Allow",
            ["Principal"] = properties["Principal"].Required(),
            ["Action"] = properties["Action"].Required(),
        };
    }
}
