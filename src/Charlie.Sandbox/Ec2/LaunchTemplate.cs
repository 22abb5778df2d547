namespace Charlie.Sandbox.Ec2;

/// <summary>A launch template: a name for a row of versions, of which one is the default.</summary>
public sealed class LaunchTemplate
{
    private readonly List<LaunchTemplateVersion> versions = [];
    private readonly Dictionary<int, LaunchTemplateVersion> byNumber = [];
    private int lastNumber;

    internal LaunchTemplate(string id, string name, DateTimeOffset createTime)
    {
        Id = id;
        Name = name;
        CreateTime = createTime;
    }

    public string Id { get; }

    public string Name { get; }

    public DateTimeOffset CreateTime { get; }

    public ResourceTags Tags { get; } = new();

    /// <summary>Ascending by number; numbers of deleted versions are not used again.</summary>
    public IReadOnlyList<LaunchTemplateVersion> Versions => versions;

    public int DefaultVersion { get; internal set; } = 1;

    /// <summary>The number behind AWS's <c>$Latest</c>. The default version stays, so there always is one.</summary>
    public int LatestVersion => versions[^1].Number;

    public LaunchTemplateVersion? Find(int number) => byNumber.GetValueOrDefault(number);

    /// <summary>Finds a version by number, <c>$Latest</c> or <c>$Default</c>.</summary>
    public LaunchTemplateVersion? Find(string version) => version switch
    {
        "$Latest" => versions.LastOrDefault(),
        "$Default" => Find(DefaultVersion),
        _ => int.TryParse(version, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
            out var number) ? Find(number) : null,
    };

    internal LaunchTemplateVersion Add(LaunchTemplateData data, string? description, DateTimeOffset now)
    {
        var version = new LaunchTemplateVersion(this, ++lastNumber, data, description, now);
        versions.Add(version);
        byNumber.Add(version.Number, version);
        return version;
    }

    internal void Remove(int number)
    {
        if (byNumber.Remove(number, out var version))
        {
            versions.RemoveAll(other => ReferenceEquals(other, version));
        }
    }
}

/// <summary>One version; it never changes.</summary>
public sealed record LaunchTemplateVersion(
    LaunchTemplate Template, int Number, LaunchTemplateData Data, string? Description, DateTimeOffset CreateTime)
{
    public bool IsDefault => Number == Template.DefaultVersion;
}
