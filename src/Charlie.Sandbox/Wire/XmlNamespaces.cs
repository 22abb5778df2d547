namespace Charlie.Sandbox.Wire;

/// <summary>What belongs to a Query service: its XML namespace, its API version, and both ways between them.</summary>
internal static class XmlNamespaces
{
    private static readonly Dictionary<string, (string Version, string Namespace)> Known = new(StringComparer.Ordinal)
    {
        ["ec2"] = ("2016-11-15", "http://ec2.amazonaws.com/doc/2016-11-15/"),
        ["autoscaling"] = ("2011-01-01", "http://autoscaling.amazonaws.com/doc/2011-01-01/"),
        ["cloudformation"] = ("2010-05-15", "http://cloudformation.amazonaws.com/doc/2010-05-15/"),
        ["iam"] = ("2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/"),
        ["sns"] = ("2010-03-31", "http://sns.amazonaws.com/doc/2010-03-31/"),
        ["sts"] = ("2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/"),
        ["sqs"] = ("2012-11-05", "http://queue.amazonaws.com/doc/2012-11-05/"),
    };

    public static string? Of(string service) => Known.TryGetValue(service, out var known) ? known.Namespace : null;

    public static string? ServiceOf(string? version) =>
        Known.FirstOrDefault(known => known.Value.Version == version).Key;
}
