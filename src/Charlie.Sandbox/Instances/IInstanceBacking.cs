namespace Charlie.Sandbox.Instances;

/// <summary>The HTTP servers behind the instances' addresses.</summary>
internal interface IInstanceBacking : IAsyncDisposable
{
    /// <summary>The port of the health check, the same for all instances.</summary>
    int Port { get; }

    /// <summary>The path of the health check.</summary>
    string Path { get; }
}
