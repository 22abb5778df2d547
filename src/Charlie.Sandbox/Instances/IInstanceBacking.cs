namespace Charlie.Sandbox.Instances;

/// <summary>What answers HTTP behind the instances' addresses.</summary>
internal interface IInstanceBacking : IAsyncDisposable
{
    /// <summary>The port of the health question, the same for all instances.</summary>
    int Port { get; }

    /// <summary>The path of the health question.</summary>
    string Path { get; }
}
