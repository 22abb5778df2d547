namespace Charlie.Simulation.Tests.Mistakes;

/// <summary>A change of one place in the product's source.</summary>
internal sealed record Edit(string File, string From, string To);

/// <summary>A mistake that somebody could make, and by when the simulation has to find it.</summary>
/// <param name="Name">As the table in <c>docs/simulation.md</c> names it.</param>
/// <param name="Within">How many seeds, from 1, it may take.</param>
internal sealed record Mistake(string Name, int Within, params Edit[] Edits);
