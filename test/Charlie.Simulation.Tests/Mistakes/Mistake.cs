namespace Charlie.Simulation.Tests.Mistakes;

/// <summary>A change within one member of the product.</summary>
/// <param name="Member">
/// The type and its member, such as <c>Records.FallbackOf</c>; a record's own parameters are <c>Records.Records</c>.
/// </param>
/// <param name="From">Source text that the member holds exactly once; white space does not count.</param>
/// <param name="To">What stands there instead.</param>
internal sealed record Edit(string Member, string From, string To);

/// <summary>A mistake in the product, and by when the simulation must find it.</summary>
/// <param name="Name">As the table in <c>docs/simulation.md</c> names it.</param>
/// <param name="Within">The number of seeds, from 1, within which it must be found.</param>
internal sealed record Mistake(string Name, int Within, params Edit[] Edits);
