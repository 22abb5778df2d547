namespace Charlie.Sandbox.Context;

/// <summary>The one account and region of the sandbox; every ARN names them.</summary>
public static class Account
{
    public const string Id = "123456789012";

    public const string Region = "us-east-1";

    public static string Arn(string service, string resource) => $"arn:aws:{service}:{Region}:{Id}:{resource}";
}
