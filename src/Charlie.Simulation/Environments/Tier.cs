namespace Charlie.Simulation.Environments;

/// <summary>How much of the way between the functions and AWS is real. The decisions are the same.</summary>
internal enum Tier
{
    /// <summary>The functions' calls are operations on the sandbox's state.</summary>
    Deep,

    /// <summary>The official clients, with their marshalling, signatures, retries and parsing, over a transport in memory.</summary>
    Wire,
}
