using System.Text.Json.Nodes;
using Charlie.Sandbox.EventBridge.Patterns;

namespace Charlie.Sandbox.Tests.EventBridge;

public sealed class EventPatternTests
{
    /// <summary>The event of AWS's own examples of content filtering.</summary>
    private static readonly JsonObject Example = JsonNode.Parse("""
        {
          "version": "0", "id": "ddddd4-aaaa-7777-4444-345dd43cc333", "detail-type": "EC2 Instance State-change Notification", "source": "aws.ec2",
          "account": "012345679012", "time": "2017-10-02T16:24:49Z", "region": "us-east-1",
          "resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000"],
          "detail": { "c-count": 5, "d-count": 3, "x-limit": 301.8, "source-ip": "10.0.0.33", "instance-id": "i-000000aaaaaa00000", "state": "running",
            "nothing": null, "yes": true, "list": [1, "two"], "empty": [], "inner": { "deep": "value" },
            "items": [ { "name": "a", "size": 1 }, { "name": "b", "size": 2 } ] }
        }
        """)!.AsObject();

    [Theory]
    [InlineData("""{"resources":["arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000"],"detail":{"state":["initializing","running"]}}""", true)]
    [InlineData("""{"source":["aws.ec2"],"detail":{"state":["stopped"]}}""", false)]
    [InlineData("""{"time":[{"prefix":"2017-10-02"}]}""", true)]
    [InlineData("""{"time":[{"prefix":"2018"}]}""", false)]
    [InlineData("""{"source":[{"prefix":{"equals-ignore-case":"AWS."}}]}""", true)]
    [InlineData("""{"source":[{"suffix":"ec2"}]}""", true)]
    [InlineData("""{"source":[{"suffix":"EC2"}]}""", false)]
    [InlineData("""{"source":[{"equals-ignore-case":"AWS.EC2"}]}""", true)]
    [InlineData("""{"source":[{"wildcard":"a*.e*2"}]}""", true)]
    [InlineData("""{"source":[{"wildcard":"a*.s*3"}]}""", false)]
    [InlineData("""{"source":[{"wildcard":"aws\\*ec2"}]}""", false)]
    [InlineData("""{"detail":{"state":[{"anything-but":"initializing"}]}}""", true)]
    [InlineData("""{"detail":{"state":[{"anything-but":["stopped","running"]}]}}""", false)]
    [InlineData("""{"detail":{"x-limit":[{"anything-but":[100,200,300]}]}}""", true)]
    [InlineData("""{"detail":{"state":[{"anything-but":{"prefix":"run"}}]}}""", false)]
    [InlineData("""{"detail":{"state":[{"anything-but":{"suffix":"x"}}]}}""", true)]
    [InlineData("""{"detail":{"missing":[{"anything-but":"x"}]}}""", false)]
    [InlineData("""{"detail":{"c-count":[{"numeric":[">",0,"<=",5]}],"d-count":[{"numeric":["<",10]}],"x-limit":[{"numeric":["=",3.018e2]}]}}""", true)]
    [InlineData("""{"detail":{"c-count":[{"numeric":[">",5,"<=",9]}]}}""", false)]
    [InlineData("""{"detail":{"state":[{"numeric":[">",0]}]}}""", false)]
    [InlineData("""{"detail":{"c-count":[5.0]}}""", true)]
    [InlineData("""{"detail":{"c-count":["5"]}}""", false)]
    [InlineData("""{"detail":{"source-ip":[{"cidr":"10.0.0.0/24"}]}}""", true)]
    [InlineData("""{"detail":{"source-ip":[{"cidr":"10.0.1.0/24"}]}}""", false)]
    [InlineData("""{"detail":{"nothing":[null],"yes":[true]}}""", true)]
    [InlineData("""{"detail":{"yes":[false]}}""", false)]
    [InlineData("""{"detail":{"missing":[null]}}""", false)]
    [InlineData("""{"detail":{"c-count":[{"exists":true}],"missing":[{"exists":false}]}}""", true)]
    [InlineData("""{"detail":{"c-count":[{"exists":false}]}}""", false)]
    [InlineData("""{"detail":{"inner":[{"exists":false}]}}""", true)]
    [InlineData("""{"detail":{"gone":{"deeper":[{"exists":false}]}}}""", true)]
    [InlineData("""{"detail":{"empty":[{"exists":false}]}}""", true)]
    [InlineData("""{"detail":{"list":["two"]}}""", true)]
    [InlineData("""{"detail":{"list":["three",4]}}""", false)]
    [InlineData("""{"detail":{"items":{"name":["a"],"size":[1]}}}""", true)]
    [InlineData("""{"detail":{"items":{"name":["a"],"size":[2]}}}""", false)]
    [InlineData("""{"detail":{"inner":{"deep":["value"]}}}""", true)]
    [InlineData("""{"source":["aws.ec2"],"$or":[{"account":["0"]},{"region":["us-east-1"]}]}""", true)]
    [InlineData("""{"$or":[{"account":["0"]},{"region":["eu-west-1"]}],"source":["aws.ec2"]}""", false)]
    [InlineData("""{"detail":{"$or":[{"c-count":[1]},{"state":["running"],"d-count":[3]}]}}""", true)]
    [InlineData("""{"$or":[{"source":["aws.ec2"]}]}""", false)]
    public void Pattern_matches_the_example_event_as_AWS_says(string pattern, bool matches)
    {
        if (pattern.StartsWith("""{"$or":[{"source""", StringComparison.Ordinal))
        {
            // One alternative makes no $or: the name is then a field's, whose values cannot be patterns.
            Assert.Throws<InvalidEventPatternException>(() => EventPattern.Parse(pattern));
            return;
        }

        Assert.Equal(matches, EventPattern.Parse(pattern).Matches(Example));
    }

    [Theory]
    [InlineData("", "Invalid JSON")]
    [InlineData("[]", "Filter is not an object")]
    [InlineData("{}", "Empty objects are not allowed")]
    [InlineData("""{"source":"aws.ec2"}""", "\"source\" must be an object or an array")]
    [InlineData("""{"source":[]}""", "Empty arrays are not allowed")]
    [InlineData("""{"source":[["a"]]}""", "Match value must be String, number, true, false, or null")]
    [InlineData("""{"detail":{"a":{}}}""", "Empty objects are not allowed")]
    [InlineData("""{"source":[{"begins":"a"}]}""", "Unrecognized match type begins")]
    [InlineData("""{"source":[{"prefix":"a","suffix":"b"}]}""", "Only one key allowed in match expression")]
    [InlineData("""{"source":[{"prefix":1}]}""", "prefix match pattern must be a string")]
    [InlineData("""{"source":[{"exists":"yes"}]}""", "exists match pattern must be either true or false.")]
    [InlineData("""{"source":[{"numeric":[">"]}]}""", "Value of equals must be numeric.")]
    [InlineData("""{"source":[{"numeric":[">",5,"<",1]}]}""", "Bottom must be less than top")]
    [InlineData("""{"source":[{"numeric":["=",6e9]}]}""", "Value must be between -5.0E9 and 5.0E9, inclusive")]
    [InlineData("""{"source":[{"anything-but":["a",1]}]}""", "Inside anything but list, either all values are number or string, mixed type is not supported")]
    [InlineData("""{"source":[{"anything-but":{"exists":true}}]}""", "Unsupported anything-but pattern: exists")]
    [InlineData("""{"source":[{"anything-but":{"prefix":""}}]}""", "Null prefix/suffix not allowed")]
    [InlineData("""{"source":[{"wildcard":"a**b"}]}""", "Consecutive wildcard characters at pos 1")]
    [InlineData("""{"source":[{"cidr":"10.0.0.0"}]}""", "Malformed CIDR, one '/' required: 10.0.0.0")]
    public void Invalid_pattern_is_refused_with_its_reason(string pattern, string reason)
    {
        using var world = new EventsWorld();
        var request = new JsonObject { ["Name"] = "rule", ["EventPattern"] = pattern.Length == 0 ? "{" : pattern }.ToJsonString();
        var refused = Assert.Throws<Charlie.Sandbox.Wire.AwsException>(() => world.Call("PutRule", request));
        Assert.Equal(("InvalidEventPatternException", $"Event pattern is not valid. Reason: {reason}"), (refused.Code, refused.Message));
    }
}
