using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Iam;

/// <summary>IAM's API, as far as it is asked what a role may do, and which OpenID Connect providers there are.</summary>
internal sealed class IdentityApi(RolePolicies roles, OpenIdProviders providers) : IAwsApi
{
    private static readonly PlayedOperations Played = PlayedOperations.Of("""
        ListOpenIDConnectProviders
        SimulatePrincipalPolicy PolicySourceArn ActionNames.n ResourceArns.n
        """);

    public string Service => "iam";

    public AwsProtocol Protocol => AwsProtocol.Query;

    public PlayedOperations Operations => Played;

    public AwsResponse Respond(AwsRequest request) => request.Action switch
    {
        "ListOpenIDConnectProviders" => XmlResponse.Query(
            request, xml => xml.List("OpenIDConnectProviderList", "member", providers.Arns, arn => xml.Element("Arn", arn))),
        "SimulatePrincipalPolicy" => Simulate(request),
        _ => throw WireErrors.Unsupported(Protocol, Service, request.Action),
    };

    private AwsResponse Simulate(AwsRequest request)
    {
        var parameters = ParameterNode.Parse(request.Parameters);
        var role = parameters["PolicySourceArn"]?.Value is { Length: >= 20 } arn ? arn : throw Invalid("policySourceArn");
        var actions = Texts(parameters, "ActionNames");
        if (actions.Count == 0)
        {
            throw Invalid("actionNames");
        }

        var resources = Texts(parameters, "ResourceArns") is { Count: > 0 } given ? given : ["*"];
        var results = actions.SelectMany(action => resources.Select(resource =>
            (Action: action, Resource: resource, Decision: roles.Decide(role, action, resource) ?? throw Unknown(role)))).ToList();
        return XmlResponse.Query(request, xml =>
        {
            xml.List("EvaluationResults", "member", results, result =>
            {
                xml.Element("EvalActionName", result.Action);
                xml.Element("EvalResourceName", result.Resource);
                xml.Element("EvalDecision", result.Decision);
                xml.List("MissingContextValues", "member", Array.Empty<string>(), _ => { });
            });
            xml.Element("IsTruncated", "false");
        });
    }

    private static IReadOnlyList<string> Texts(ParameterNode parameters, string name) =>
        [.. (parameters[name]?.Items ?? []).Select(item => item.Value).OfType<string>()];

    private static AwsException Unknown(string role) =>
        new("NoSuchEntity", $"The role with name {role[(role.LastIndexOf('/') + 1)..]} cannot be found.", 404);

    private static AwsException Invalid(string member) =>
        new("ValidationError", $"1 validation error detected: Value at '{member}' failed to satisfy constraint: Member must not be null");
}
