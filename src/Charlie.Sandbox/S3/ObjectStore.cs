namespace Charlie.Sandbox.S3;

/// <summary>The account's buckets with their objects, as far as files are put there for templates to name.</summary>
public sealed class ObjectStore
{
    private readonly SortedDictionary<string, SortedDictionary<string, ReadOnlyMemory<byte>>> buckets = new(StringComparer.Ordinal);

    /// <summary>The buckets' names.</summary>
    public IReadOnlyCollection<string> Buckets => buckets.Keys;

    /// <summary>Makes a bucket; one that is there stays as it is.</summary>
    public void Create(string bucket) => buckets.TryAdd(bucket, new(StringComparer.Ordinal));

    /// <summary>Deletes an empty bucket; <c>false</c> for one that is not empty, which S3 refuses to delete.</summary>
    public bool Delete(string bucket) => !buckets.TryGetValue(bucket, out var objects) || (objects.Count == 0 && buckets.Remove(bucket));

    /// <summary>Puts an object; <c>false</c> where there is no such bucket.</summary>
    public bool Put(string bucket, string key, ReadOnlyMemory<byte> content)
    {
        if (!buckets.TryGetValue(bucket, out var objects))
        {
            return false;
        }

        objects[key] = content.ToArray();
        return true;
    }

    /// <summary>An object's content; <c>null</c> where there is none.</summary>
    public ReadOnlyMemory<byte>? Get(string bucket, string key) =>
        buckets.TryGetValue(bucket, out var objects) && objects.TryGetValue(key, out var content)
            ? (ReadOnlyMemory<byte>?)content
            : null;

    /// <summary>The objects of a bucket by key, with their sizes; <c>null</c> where there is no such bucket.</summary>
    public IEnumerable<(string Key, int Size)>? List(string bucket) =>
        buckets.GetValueOrDefault(bucket)?.Select(pair => (pair.Key, pair.Value.Length));

    /// <summary>Deletes an object; one that is not there is deleted already.</summary>
    public void Remove(string bucket, string key) => buckets.GetValueOrDefault(bucket)?.Remove(key);
}
