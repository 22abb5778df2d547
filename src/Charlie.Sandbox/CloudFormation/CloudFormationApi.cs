using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.CloudFormation;

/// <summary>CloudFormation's API, as far as stacks are looked at.</summary>
internal sealed class CloudFormationApi(Stacks stacks) : IAwsApi
{
    private static readonly PlayedOperations Played = PlayedOperations.Of("""
        DescribeStacks StackName NextToken
        """);

    public string Service => "cloudformation";

    public AwsProtocol Protocol => AwsProtocol.Query;

    public PlayedOperations Operations => Played;

    public AwsResponse Respond(AwsRequest request) => request.Action switch
    {
        "DescribeStacks" => DescribeStacks(request),
        _ => throw WireErrors.Unsupported(Protocol, Service, request.Action),
    };

    private AwsResponse DescribeStacks(AwsRequest request)
    {
        IEnumerable<DescribedStack> asked = request.Parameters.GetValueOrDefault("StackName") is { } name
            ? [stacks.Find(name) ?? throw new AwsException("ValidationError", $"Stack with id {name} does not exist")]
            : stacks.All;
        var page = Paging.Take(
            asked,
            stack => stack.Name,
            request.Parameters.GetValueOrDefault("NextToken"),
            null,
            () => new AwsException("ValidationError", "Invalid NextToken"));
        return XmlResponse.Query(request, xml =>
        {
            xml.List("Stacks", "member", page.Items, stack => Write(xml, stack));
            xml.Element("NextToken", page.NextToken);
        });
    }

    private static void Write(XmlResponse xml, DescribedStack stack)
    {
        xml.Element("StackId", stack.Id);
        xml.Element("StackName", stack.Name);
        xml.List("Parameters", "member", stack.Parameters, parameter =>
        {
            xml.Element("ParameterKey", parameter.Key);
            xml.Element("ParameterValue", parameter.Value);
        });
        xml.Element("CreationTime", stack.CreatedAt);
        xml.Element("StackStatus", "CREATE_COMPLETE");
        xml.List("Outputs", "member", stack.Outputs, output =>
        {
            xml.Element("OutputKey", output.Key);
            xml.Element("OutputValue", output.Value);
        });
    }
}
