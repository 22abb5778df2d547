using System.Text.Json.Nodes;
using Charlie.Sandbox.Template;

namespace Charlie.Sandbox.Tests.Template;

public sealed class TemplateTextTests
{
    [Theory]
    [InlineData("!Ref App", """{"Ref":"App"}""")]
    [InlineData("!Condition HasEmail", """{"Condition":"HasEmail"}""")]
    [InlineData("!GetAtt EventBus.Arn", """{"Fn::GetAtt":["EventBus","Arn"]}""")]
    [InlineData("!GetAtt Nested.Outputs.Arn", """{"Fn::GetAtt":["Nested","Outputs.Arn"]}""")]
    [InlineData("!GetAtt [EventBus, Arn]", """{"Fn::GetAtt":["EventBus","Arn"]}""")]
    [InlineData("!Sub ${AWS::StackName}-sweep", """{"Fn::Sub":"${AWS::StackName}-sweep"}""")]
    [InlineData("!Sub 80", """{"Fn::Sub":"80"}""")]
    [InlineData("!Sub ['${A}', { A: !Ref B }]", """{"Fn::Sub":["${A}",{"A":{"Ref":"B"}}]}""")]
    [InlineData("!If [HasEmail, !Ref Email, !Ref AWS::NoValue]", """{"Fn::If":["HasEmail",{"Ref":"Email"},{"Ref":"AWS::NoValue"}]}""")]
    [InlineData("!Join [':', [!GetAtt Refresh.Arn, $LATEST]]", """{"Fn::Join":[":",[{"Fn::GetAtt":["Refresh","Arn"]},"$LATEST"]]}""")]
    [InlineData("!Not [!Equals [!Ref Email, '']]", """{"Fn::Not":[{"Fn::Equals":[{"Ref":"Email"},""]}]}""")]
    [InlineData("!Select [0, !Split [',', 'a,b']]", """{"Fn::Select":[0,{"Fn::Split":[",","a,b"]}]}""")]
    public void A_short_form_is_its_long_form(string yaml, string json) => Equal(json, Value(yaml));

    [Theory]
    [InlineData("80", "80")]
    [InlineData("-1", "-1")]
    [InlineData("0.5", "0.5")]
    [InlineData("true", "true")]
    [InlineData("'80'", "\"80\"")]
    [InlineData("\"true\"", "\"true\"")]
    [InlineData("rate(1 minute)", "\"rate(1 minute)\"")]
    [InlineData("10.0.0.0/8", "\"10.0.0.0/8\"")]
    [InlineData("2010-09-09", "\"2010-09-09\"")]
    [InlineData("[a, {b: c}]", """["a",{"b":"c"}]""")]
    [InlineData("|-\n  \"one\"\n  \"two\"", "\"\\\"one\\\"\\n\\\"two\\\"\"")]
    [InlineData(">-\n  one\n  two", "\"one two\"")]
    [InlineData("one # not two", "\"one\"")]
    public void A_value_is_what_CloudFormation_reads(string yaml, string json) => Equal(json, Value(yaml));

    [Theory]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("")]
    public void Nothing_is_null(string yaml) => Assert.Null(Value(yaml));

    [Fact]
    public void Json_may_be_indented_with_tabs() => Equal("1", TemplateText.Parse("\n{\n\t\"A\": 1\n}")["A"]);

    [Theory]
    [InlineData("", "Template: must be an object")]
    [InlineData("[]", "Template: must be an object")]
    [InlineData("some text", "Template: must be an object")]
    [InlineData("{\n  \"Resources\": {,\n", "Template: is not JSON: line 2, column 17")]
    [InlineData("A: 1\nB: [1, 2\nC: 3\n", "Template: is not YAML: line 2, column 6: the text after this place cannot be read")]
    [InlineData("A:\n  B: 1\n C: 2\n", "Template: is not YAML: line 3, column 2: ")]
    [InlineData("A: 1\nB: \"x\n", "Template: is not YAML: line 2, column 4: ")]
    [InlineData("A:\n\tB: 1\n", "Template: is not YAML: line 1, column 2: While scanning a mapping, found invalid tab as indentation")]
    [InlineData("A: 1\nB: 2\nA: 3\n", "Template: line 3, column 1: A is given twice")]
    [InlineData("A:\n  - x\n  - @y\n", "Template: is not YAML: line 3, column 5: While scanning for the next token, found character")]
    [InlineData("A: b: c\n", "Template: is not YAML: line 1, column 5: ")]
    [InlineData("A: 1\nB: *x\n", "B: line 2, column 4: CloudFormation takes no anchors and aliases")]
    [InlineData("A: &x 1\nB: *x\n", "A: line 1, column 4: CloudFormation takes no anchors and aliases")]
    [InlineData("A:\n  <<: { B: 1 }\n", "A: line 2, column 3: a name must be a text")]
    [InlineData("A:\n  [B]: 1\n", "A: line 2, column 3: a name must be a text")]
    [InlineData("A: 1\n---\nB: 2\n", "Template: line 2, column 1: a template is one document")]
    [InlineData("A:\n  B: !!binary aGk=\n", "A.B: line 2, column 6: tag:yaml.org,2002:binary is not the short form of a function")]
    [InlineData("A:\n  - B: 012345678901\n", "A[0].B: line 2, column 8: YAML 1.1 reads 012345678901 as another value; put it in quotes")]
    [InlineData("A: yes\n", "A: line 1, column 4: YAML 1.1 reads yes as another value; put it in quotes")]
    [InlineData("A: 12:30\n", "A: line 1, column 4: YAML 1.1 reads 12:30 as another value; put it in quotes")]
    [InlineData("A: !Sub\n  - x\n  - { B: 0x10 }\n",
        "A.Fn::Sub[1].B: line 3, column 10: YAML 1.1 reads 0x10 as another value; put it in quotes")]
    public void A_broken_text_is_one_line_that_says_where(string text, string message)
    {
        var refused = Assert.Throws<TemplateException>(() => TemplateText.Parse(text));

        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    private static JsonNode? Value(string yaml) => TemplateText.Parse($"Value: {yaml}\n")["Value"];

    private static void Equal(string json, JsonNode? value) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), value), $"{value?.ToJsonString()} is not {json}");
}
