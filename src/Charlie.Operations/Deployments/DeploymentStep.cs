namespace Charlie.Operations.Deployments;

/// <summary>What a deployment goes through, in the order in which a singleton does.</summary>
internal enum DeploymentStep
{
    /// <summary>The pipeline pushed the image.</summary>
    Pushed,

    /// <summary>The push is a launch template version.</summary>
    Recorded,

    /// <summary>A hold keeps it back.</summary>
    Held,

    /// <summary>In a handover: the new machine prepares everything, while the old one runs the app.</summary>
    Prepared,

    /// <summary>The instances of other releases end.</summary>
    OldStops,

    /// <summary>The new machines boot until they run the app.</summary>
    Boots,

    /// <summary>The launch hook keeps the new machines out of service until they are healthy.</summary>
    AtHook,

    /// <summary>The new instances are healthy.</summary>
    Healthy,

    /// <summary>The new instances are in service.</summary>
    InService,

    /// <summary>They must stay healthy in service for the bake time.</summary>
    Bakes,

    /// <summary>The release is confirmed or rejected.</summary>
    Ends,
}

/// <summary>How far a step is.</summary>
internal enum StepState
{
    /// <summary>It is not its turn yet.</summary>
    Ahead,

    /// <summary>The deployment is at this step.</summary>
    Current,

    Done,

    /// <summary>The deployment ended here, and not well.</summary>
    Failed,
}
