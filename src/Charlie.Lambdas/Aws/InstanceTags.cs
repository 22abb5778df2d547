namespace Charlie.Lambdas.Aws;

/// <summary>Tags on instances that Charlie writes or reads beside those of the version.</summary>
internal static class InstanceTags
{
    /// <summary>When the instance was first seen InService.</summary>
    public const string InServiceAt = "charlie:in-service-at";

    /// <summary>When the machine first started the app; written by itself.</summary>
    public const string AppStartedAt = "charlie:app-started-at";
}
