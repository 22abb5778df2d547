namespace Charlie.Sandbox.Ec2;

/// <summary>A launch template: a name for a row of versions, of which one is the default.</summary>
public sealed class LaunchTemplate
{
    private readonly SortedDictionary<int, LaunchTemplateVersion> versions = [];
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
    public IReadOnlyCollection<LaunchTemplateVersion> Versions => versions.Values;

    public int DefaultVersion { get; internal set; } = 1;

    /// <summary>The number behind AWS's <c>$Latest</c>. The default version stays, so there always is one.</summary>
    public int LatestVersion => versions.Keys.Last();

    public LaunchTemplateVersion? Find(int number) => versions.GetValueOrDefault(number);

    /// <summary>Finds a version by number, <c>$Latest</c> or <c>$Default</c>.</summary>
    public LaunchTemplateVersion? Find(string version) => version switch
    {
        "$Latest" => versions.Values.LastOrDefault(),
        "$Default" => Find(DefaultVersion),
        _ => int.TryParse(version, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
            out var number) ? Find(number) : null,
    };

    internal LaunchTemplateVersion Add(LaunchTemplateData data, string? description, DateTimeOffset now)
    {
        var version = new LaunchTemplateVersion(this, ++lastNumber, data, description, now);
        versions.Add(version.Number, version);
        return version;
    }

    internal void Remove(int number) => versions.Remove(number);
}

/// <summary>One version; it never changes.</summary>
public sealed record LaunchTemplateVersion(
    LaunchTemplate Template, int Number, LaunchTemplateData Data, string? Description, DateTimeOffset CreateTime)
{
    public bool IsDefault => Number == Template.DefaultVersion;
}
