namespace Charlie.Lambdas.Decisions;

/// <summary>What a machine does before its app runs, in this order; the words of <c>X-Charlie-Phase</c>.</summary>
internal enum BootPhase
{
    /// <summary>The machine reads its tags and settings.</summary>
    Boot,

    /// <summary>It reads the app's secrets.</summary>
    Secrets,

    /// <summary>It pulls the image.</summary>
    Pull,

    /// <summary>It creates the container, verifies its image and runs the app's own preflight.</summary>
    Prepare,

    /// <summary>It waits until no other machine can run the app.</summary>
    Lock,

    /// <summary>It starts the container.</summary>
    Start,
}
