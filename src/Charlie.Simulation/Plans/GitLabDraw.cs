namespace Charlie.Simulation.Plans;

/// <summary>How a call of GitLab, or what leads to it, goes wrong.</summary>
internal enum GitLabFault
{
    ServerError,

    /// <summary>429, with a Retry-After.</summary>
    TooMany,

    /// <summary>401: the token has expired.</summary>
    Unauthorized,
    Forbidden,
    Refused,
    TimedOutBefore,

    /// <summary>The call took effect, and no response comes before the caller gives it up.</summary>
    TimedOutAfter,

    /// <summary>GitLab gets the call when the caller has given it up.</summary>
    LateEffect,

    /// <summary>The call took effect; the connection breaks before its response.</summary>
    LostAfter,
    KilledBefore,
    KilledAfter,

    /// <summary>The secret with the token cannot be read.</summary>
    NoToken,

    /// <summary>Lambda runs the function twice for one event.</summary>
    Doubled,

    /// <summary>Lambda's queue keeps an event for a while.</summary>
    Late,

    /// <summary>The next push names a deployment that GitLab does not have: 404.</summary>
    NoDeployment,

    /// <summary>The next push names a deployment that is a job's own, which is never updated: 403.</summary>
    DeploymentOfJob,
}

/// <summary>
/// Draws whether the stack tells GitLab, and what goes wrong on the way. Apart from the rest, so that a seed's other steps stay as they
/// were.
/// </summary>
/// <param name="seed">The plan's.</param>
internal sealed class GitLabDraw(int seed, TimeSpan safety)
{
    private const string Function = "GitLab";

    private static readonly GitLabFault[] Outages =
    [
        GitLabFault.ServerError, GitLabFault.TooMany, GitLabFault.Unauthorized, GitLabFault.Refused, GitLabFault.TimedOutBefore,
        GitLabFault.NoToken,
    ];

    private static readonly GitLabFault[] Faults = Enum.GetValues<GitLabFault>();

    private readonly Random random = new(unchecked((seed * 47) + 31));

    /// <summary>Whether the stack of a seed has a token of GitLab's.</summary>
    public static bool IsOn(int seed) => new GitLabDraw(seed, TimeSpan.Zero).Chance(0.4);

    public IEnumerable<SimulationStep> Draw()
    {
        // In a third of them all goes well.
        if (!Chance(0.4) || Chance(0.33))
        {
            yield break;
        }

        if (Chance(0.3))
        {
            // Within the three attempts of Lambda, or beyond them.
            var lasts = Chance(0.6) ? random.Next(5, 170) : random.Next(200, 3600);
            yield return new SimulationStep.GitLabFails(
                At(), Outages[random.Next(Outages.Length)], 0, int.MaxValue, TimeSpan.FromSeconds(lasts));
        }

        for (var i = random.Next(1, 6); i > 0; i--)
        {
            // Of what is late, how long.
            yield return new SimulationStep.GitLabFails(
                At(),
                Faults[random.Next(Faults.Length)],
                random.Next(4),
                Chance(0.6) ? 1 : random.Next(2, 8),
                TimeSpan.FromSeconds(random.Next(1, 300)));
        }

        if (Chance(0.15))
        {
            yield return new SimulationStep.Throttle(At(), Function, random.Next(1, 5));
        }
    }

    private bool Chance(double probability) => random.NextDouble() < probability;

    private TimeSpan At() => TimeSpan.FromMilliseconds(random.Next((int)safety.TotalMilliseconds));
}
