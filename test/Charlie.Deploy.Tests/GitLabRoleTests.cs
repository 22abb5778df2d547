using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Charlie.Deploy.Tests;

/// <summary>The role of the deploy job: who may have it, and that it is good for one thing.</summary>
public sealed class GitLabRoleTests
{
    private static readonly YamlNode Role = Read()["Resources"]["Role"]["Properties"];

    [Fact]
    public void It_puts_the_one_event_on_the_one_bus_and_nothing_else()
    {
        var statement = Assert.Single((YamlSequenceNode)Assert.Single((YamlSequenceNode)Role["Policies"])["PolicyDocument"]["Statement"]);
        Assert.Equal(("Allow", "events:PutEvents"), (statement["Effect"].ToString(), statement["Action"].ToString()));
        Assert.EndsWith(":event-bus/${EventBusName}", statement["Resource"].ToString(), StringComparison.Ordinal);
        Assert.Equal("charlie.ci", statement["Condition"]["ForAllValues:StringEquals"]["events:source"].ToString());
        // An absent key satisfies ForAllValues; the Null test closes that door.
        Assert.Equal("false", statement["Condition"]["Null"]["events:source"].ToString());
        Assert.Equal("Image Pushed", statement["Condition"]["StringEquals"]["events:detail-type"].ToString());
    }

    [Fact]
    public void Only_jobs_of_one_branch_of_one_project_have_it()
    {
        var trust = JsonNode.Parse(Role["AssumeRolePolicyDocument"][0].ToString())!;
        var statement = Assert.Single(trust["Statement"]!.AsArray())!;
        Assert.Equal("sts:AssumeRoleWithWebIdentity", (string?)statement["Action"]);
        Assert.Equal(
            """{"StringEquals":{"${Host}:aud":"${GitLabUrl}","${Host}:sub":"project_path:${ProjectPath}:ref_type:branch:ref:${Branch}"}}""",
            statement["Condition"]!.ToJsonString());
        // The job requests its token with that audience.
        Assert.Contains("aud: $CI_SERVER_URL", Repository.Read("templates/deploy.yml"), StringComparison.Ordinal);
    }

    /// <summary>Only a role that may wait reads, and it writes nothing. WaitRightsTests show that these are the command's calls.</summary>
    [Fact]
    public void It_reads_records_and_group_where_its_job_may_wait()
    {
        var policy = Read()["Resources"]["WaitPolicy"];
        Assert.Equal("LetsJobsWait", policy["Condition"].ToString());
        Assert.Equal("false", Read()["Parameters"]["MayWait"]["Default"].ToString());
        var statements = (YamlSequenceNode)policy["Properties"]["PolicyDocument"]["Statement"];
        Assert.All(
            statements.SelectMany(statement => statement["Action"] is YamlSequenceNode many
                ? many.Select(action => action.ToString()) : [statement["Action"].ToString()]),
            action => Assert.Matches("^[a-z0-9]+:(Describe|Get)[A-Za-z]+$", action));
    }

    private static YamlNode Read()
    {
        var stream = new YamlStream();
        using var reader = new StringReader(Repository.Read("infrastructure/gitlab.template"));
        stream.Load(reader);
        return stream.Documents[0].RootNode;
    }
}
