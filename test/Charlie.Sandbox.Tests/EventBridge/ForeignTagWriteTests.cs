using System.Text.Json.Nodes;
using Charlie.Sandbox.EventBridge.Patterns;
using Charlie.Sandbox.Template;

namespace Charlie.Sandbox.Tests.EventBridge;

/// <summary>Which calls of CloudTrail the rules of <c>infrastructure/tag-guard.template</c> tell people of.</summary>
public sealed class ForeignTagWriteTests
{
    private const string Roles = "arn:aws:iam::123456789012:role/";

    [Theory]
    [InlineData("CreateTags", "charlie:rejected:1.2:0.0", "admin", true)]
    [InlineData("DeleteTags", "charlie:confirmed:1.2", "admin", true)]
    [InlineData("CreateTags", "charlie:stopped", null, true)]
    [InlineData("CreateTags", "charlie:confirmed:1.2", "RefreshRoleArn", false)]
    [InlineData("CreateTags", "charlie:confirmed:1.2", "LifecycleRoleArn", false)]
    [InlineData("CreateTags", "charlie:app-started-at", "InstanceRoleArn", false)]
    [InlineData("CreateTags", "Name", "admin", false)]
    [InlineData("RunInstances", "charlie:image", "admin", false)]
    public void A_foreign_write_of_a_record_tag_is_told(string call, string key, string? role, bool isTold)
    {
        var told = Call(call, role, new JsonArray(new JsonObject { ["key"] = "Name" }, new JsonObject { ["key"] = key }));
        Assert.Equal(isTold, Rule("ForeignWrite").Matches(told));
        told["detail"]!["errorCode"] = "Client.UnauthorizedOperation";
        Assert.False(Rule("ForeignWrite").Matches(told));
    }

    [Theory]
    [InlineData("DeleteTags", "LaunchTemplateId", true, true)]
    [InlineData("DeleteTags", "LaunchTemplateId", false, false)]
    [InlineData("DeleteTags", "lt-1", true, false)]
    [InlineData("CreateTags", "LaunchTemplateId", true, false)]
    public void A_deletion_of_all_tags_is_told(string call, string resource, bool isOfAll, bool isTold)
    {
        var tags = isOfAll ? [] : new JsonArray(new JsonObject { ["key"] = "Name" });
        Assert.Equal(isTold, Rule("AllTagsDeleted").Matches(Call(call, "admin", tags, resource)));
    }

    // As CloudTrail writes it; without a role by the root user.
    private static JsonObject Call(string name, string? role, JsonArray tags, string resource = "LaunchTemplateId") => new()
    {
        ["source"] = "aws.ec2",
        ["detail-type"] = "AWS API Call via CloudTrail",
        ["detail"] = new JsonObject
        {
            ["eventSource"] = "ec2.amazonaws.com",
            ["eventName"] = name,
            ["userIdentity"] = role is null
                ? new JsonObject { ["type"] = "Root", ["arn"] = "arn:aws:iam::123456789012:root" }
                : new JsonObject
                {
                    ["type"] = "AssumedRole",
                    ["sessionContext"] = new JsonObject { ["sessionIssuer"] = new JsonObject { ["arn"] = Roles + role } },
                },
            ["requestParameters"] = new JsonObject
            {
                ["resourcesSet"] = new JsonObject { ["items"] = new JsonArray(new JsonObject { ["resourceId"] = resource }) },
                ["tagSet"] = new JsonObject { ["items"] = tags },
            },
        },
    };

    // Each parameter has its own name for a value, a role's as an ARN.
    private static EventPattern Rule(string id)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "infrastructure", "tag-guard.template"))
            .Replace("!Ref LaunchTemplateId", "LaunchTemplateId", StringComparison.Ordinal);
        foreach (var role in new[] { "RefreshRoleArn", "LifecycleRoleArn", "InstanceRoleArn" })
        {
            text = text.Replace("!Ref " + role, $"\"{Roles}{role}\"", StringComparison.Ordinal);
        }

        var properties = YamlTemplate.Read(text)!["Resources"]![id]!["Properties"]!;
        return EventPattern.Parse(properties["EventPattern"]!.ToJsonString());
    }
}
