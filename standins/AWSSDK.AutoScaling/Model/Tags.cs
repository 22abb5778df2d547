namespace Amazon.AutoScaling.Model;

public partial class Tag
{
    public string Key { get; set; }

    public bool? PropagateAtLaunch { get; set; }

    public string ResourceId { get; set; }

    public string ResourceType { get; set; }

    public string Value { get; set; }
}

public partial class TagDescription
{
    public string Key { get; set; }

    public bool? PropagateAtLaunch { get; set; }

    public string ResourceId { get; set; }

    public string ResourceType { get; set; }

    public string Value { get; set; }
}

public partial class Filter
{
    public string Name { get; set; }

    public List<string> Values { get; set; } = Unset.List<string>();
}
