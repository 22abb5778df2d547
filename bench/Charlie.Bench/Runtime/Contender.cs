namespace Charlie.Bench.Runtime;

/// <summary>One way to run the two functions.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="FileName">The program; it finds the function's name in <c>_HANDLER</c>.</param>
internal sealed record Contender(string Name, string FileName, IReadOnlyList<string> Arguments);
