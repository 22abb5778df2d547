namespace Amazon.AutoScaling.Model;

internal static class Unset
{
    /// <summary>Null, unless the program asked the SDK for version 3's empty collections.</summary>
    public static List<T> List<T>() => AWSConfigs.InitializeCollections ? [] : null;
}
