using System.Text.Json.Nodes;
using Charlie.Sandbox.Template;

namespace Charlie.Sandbox.Tests.Template;

/// <summary>Every kind of mistake is one line that says where it is and what is allowed.</summary>
public sealed class MistakeTests
{
    [Theory]
    [InlineData("App", "UPPER", "Parameters.App: 'UPPER' is not allowed; allowed is Lower-case letters")]
    [InlineData("App", "abcdefghijk", "Parameters.App: 'abcdefghijk' is not allowed; allowed is Lower-case letters")]
    [InlineData("Port", "eighty", "Parameters.Port: 'eighty' is not allowed; allowed is a number")]
    [InlineData("Port", "0", "Parameters.Port: '0' is not allowed; allowed is at least 1 and at most 65535")]
    [InlineData("Mode", "three", "Parameters.Mode: 'three' is not allowed; allowed is one of one, two")]
    [InlineData("Mode", "two", "Rules.ModeFitsPort: Mode two needs another port than 80.")]
    [InlineData("Secret", "x", "Parameters.Secret: the value is not allowed; allowed is 2 to any number of characters")]
    [InlineData("Prot", "1", "Parameters.Prot: the template has no such parameter; it has App, Port, Mode, SubnetIds, Email, Secret")]
    public void Wrong_value(string name, string value, string message)
    {
        var document = TemplateDocument.Parse(Templates.Whole);
        var values = new Dictionary<string, string>(Templates.Values) { [name] = value };
        Assert.Equal(message, Assert.Throws<TemplateException>(() => document.Resolve("s", values)).Message);
    }

    [Fact]
    public void Missing_values_are_named_together()
    {
        var document = TemplateDocument.Parse(Templates.Whole);
        var refused = Assert.Throws<TemplateException>(() => document.Resolve("s", new Dictionary<string, string>()));
        Assert.Equal("Parameters: no value is given for App, SubnetIds, and the template has no default", refused.Message);
    }

    [Theory]
    [InlineData(
        "Resources.Refresh.Type",
        "\"AWS::Serverless::Api\"",
        ": the sandbox does not know AWS::Serverless::Api; known are AWS::Serverless::Function")]
    [InlineData("Resources.Refresh.Type", "null", ": is missing")]
    [InlineData(
        "Resources.Refresh.Propertys",
        "{}",
        ": is not a property of a resource that the sandbox knows; known are Type, Properties")]
    [InlineData("Resources.Refresh.Properties.Timout", "3", ": is not a property of AWS::Serverless::Function that the sandbox knows")]
    [InlineData("Resources.Refresh.Properties.Timeout", "901", ": is '901' but must be a whole number from 1 to 900")]
    [InlineData("Resources.Refresh.Properties.Handler", "null", ": is missing")]
    [InlineData("Resources.Refresh.Properties.Environment.Variables.AWS_REGION", "\"x\"", ": is a variable that Lambda sets itself")]
    [InlineData(
        "Resources.Refresh.Properties.Environment.Variables.X",
        """{"Ref":"Nothing"}""",
        ".Ref: there is no parameter or resource Nothing")]
    [InlineData(
        "Resources.Refresh.Properties.Environment.Variables.X",
        """{"Fn::GetAtt":["EventBus","Url"]}""",
        ".Fn::GetAtt: AWS::Events::EventBus has no attribute Url; it has Name, Arn")]
    [InlineData(
        "Resources.Refresh.Properties.Environment.Variables.X",
        """{"Fn::Sub":"${Nothing}"}""",
        ".Fn::Sub: there is no parameter or resource Nothing")]
    [InlineData(
        "Resources.Refresh.Properties.Environment.Variables.X",
        """{"Fn::Transform":"x"}""",
        ".Fn::Transform: the sandbox does not know Fn::Transform here")]
    [InlineData(
        "Resources.Refresh.Properties.Environment.Variables.X",
        """{"Fn::Select":[0,{"Fn::GetAZs":"eu-west-1"}]}""",
        ".Fn::Select[1].Fn::GetAZs: is 'eu-west-1' but the sandbox has us-east-1 only")]
    [InlineData(
        "Resources.Refresh.Properties.Environment.Variables.X",
        """{"Fn::Select":[0,{"Fn::Cidr":["10.0.0.0/28",4,8]}]}""",
        ".Fn::Select[1].Fn::Cidr[0]: 10.0.0.0/28 has no room for 4 ranges of 8 bits")]
    [InlineData(
        "Resources.Refresh.Properties.Environment.Variables.X",
        """{"Fn::Select":[0,{"Fn::Cidr":["10.0.0.0",1,8]}]}""",
        ".Fn::Select[1].Fn::Cidr[0]: is '10.0.0.0' but must be a range such as 10.0.0.0/20")]
    [InlineData(
        "Resources.Refresh.Properties.Environment.Variables.X",
        """{"Fn::If":["Nothing","a","b"]}""",
        ".Fn::If[0]: there is no condition Nothing")]
    [InlineData(
        "Resources.Refresh.Properties.Environment.Variables.X",
        """{"Fn::FindInMap":["Sizes","three","memory"]}""",
        ".Fn::FindInMap: there is no Sizes.three.memory in Mappings")]
    [InlineData(
        "Resources.Refresh.Properties.Environment.Variables.X",
        """{"Fn::Select":[2,["a"]]}""",
        ".Fn::Select: there is no element 2; the list has 1")]
    [InlineData(
        "Resources.Refresh.Properties.Environment.Variables.X",
        """{"Ref":"Mail"}""",
        ".Ref: Mail is not made, because its condition HasEmail is false")]
    [InlineData("Resources.Refresh.Properties.Policies", """[{"Ref":"Nothing"}]""", "[0].Ref: there is no parameter or resource Nothing")]
    [InlineData(
        "Resources.Refresh.Properties.EventInvokeConfig.MaximumRetryAttempts",
        "3",
        ": is '3' but must be a whole number from 0 to 2")]
    [InlineData(
        "Resources.Refresh.Properties.Events.ImagePushed.Type",
        "\"Kinesis\"",
        ": is 'Kinesis' but must be one of EventBridgeRule, CloudWatchEvent, Schedule")]
    [InlineData(
        "Resources.Refresh.Properties.Events.ImagePushed.Properties.Pattern",
        """{"source":"x"}""",
        ": is not a valid event pattern: \"source\" must be an object or an array")]
    [InlineData("Resources.Refresh.Properties.Events.ImagePushed.Properties.Pattern", "null", ": is missing")]
    [InlineData(
        "Resources.Refresh.Properties.Events.Sweep.Properties.Schedule",
        "\"rate(1 minutes)\"",
        ": 'rate(1 minutes)' is not a schedule")]
    [InlineData("Resources.BusPolicy.DependsOn", "\"Nothing\"", ": there is no resource Nothing")]
    [InlineData("Resources.EventBus.Properties.Name", """{"Fn::GetAtt":["EventBus","Name"]}""", ": the name refers to itself")]
    [InlineData("Conditions.HasEmail", """{"Condition":"HasEmail"}""", ": the condition refers to itself")]
    [InlineData("Conditions.HasEmail", """{"Fn::Maybe":[]}""", ".Fn::Maybe: is not a condition function")]
    [InlineData("Parameters.App.Type", "\"Text\"", ": is 'Text' but must be String, Number")]
    [InlineData("Parameters.App.AllowedPattern", "\"(\"", ": is not a regular expression")]
    [InlineData("Transform", "null", ": must be AWS::Serverless-2016-10-31")]
    [InlineData("AWSTemplateFormatVersion", "\"2011\"", ": is '2011' but must be 2010-09-09")]
    [InlineData("Resources", "{}", ": at least one resource is needed")]
    [InlineData("Resources", "[]", ": must be an object")]
    public void Wrong_template(string path, string value, string says)
    {
        var template = (JsonNode)TemplateText.Parse(Templates.Whole);
        var steps = path.Split('.');
        var parent = steps[..^1].Aggregate(template, (node, step) => node[step]!).AsObject();
        parent[steps[^1]] = JsonNode.Parse(value);
        if (value == "null")
        {
            parent.Remove(steps[^1]);
        }

        var refused = Assert.Throws<TemplateException>(
            () => TemplateDocument.Parse(template.ToJsonString()).Resolve("s", Templates.Values));
        Assert.StartsWith(path + says, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void Wrong_section()
    {
        var refused = Assert.Throws<TemplateException>(() => TemplateDocument.Parse("Ressources: {}"));
        Assert.StartsWith(
            "Template.Ressources: is not a property of a template that the sandbox knows", refused.Message, StringComparison.Ordinal);
    }
}
