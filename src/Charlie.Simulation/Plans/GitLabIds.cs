namespace Charlie.Simulation.Plans;

/// <summary>
/// Ids as GitLab gives them: pipelines and jobs are numbered over the whole instance, so other projects take most of them. On
/// gitlab.com the job ids passed 2^31 long ago; a company's own instance is small.
/// </summary>
internal sealed class GitLabIds
{
    private readonly Random random;
    private readonly int others;
    private long pipeline;
    private long job;

    public GitLabIds(Random random)
    {
        this.random = random;
        (pipeline, job, others) = random.Next(10) switch
        {
            < 6 => (random.NextInt64(1_900_000_000, 2_300_000_000), random.NextInt64(9_000_000_000, 13_000_000_000), 2000),
            < 8 => (random.NextInt64(400_000_000, 500_000_000), int.MaxValue - random.Next(20), 20),
            _ => (1000, 2000, 3),
        };
    }

    public long NextPipeline() => pipeline += random.Next(1, others);

    public long NextJob() => job += random.Next(1, others);
}
