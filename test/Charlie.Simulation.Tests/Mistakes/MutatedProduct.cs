using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using Charlie.Sandbox.Template;
using Charlie.Simulation.Checks;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Seeds;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Charlie.Simulation.Tests.Mistakes;

/// <summary>
/// The product compiled once more from its own sources with mistakes made in them, and the simulation loaded beside it
/// so that it runs that copy.
/// </summary>
internal sealed class MutatedProduct : AssemblyLoadContext
{
    private const string Product = "bootstrap";
    private const string Simulation = "Charlie.Simulation";

    private static readonly string Sources = Path.Combine(AppContext.BaseDirectory, "product");

    private static readonly SyntaxTree[] Trees =
        [.. Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories).Select(file => Parse(File.ReadAllText(file), file))];

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileNameWithoutExtension(file) is not (Product or Simulation))
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    private readonly byte[] product;
    private readonly MethodInfo run;
    private readonly MethodInfo draw;
    private readonly object tier;

    /// <exception cref="InvalidOperationException">An edit does not fit the source any more, or the result does not compile.</exception>
    public MutatedProduct(Mistake mistake)
        : base(mistake.Name)
    {
        product = Compile(mistake);
        var simulation = LoadFromAssemblyPath(typeof(SimulationRun).Assembly.Location);
        run = simulation.GetType(typeof(SimulationRun).FullName!, throwOnError: true)!.GetMethod(nameof(SimulationRun.Run),
            BindingFlags.Static | BindingFlags.Public)!;
        draw = simulation.GetType(typeof(Plan).FullName!, throwOnError: true)!.GetMethod(nameof(Plan.Draw))!;
        tier = Enum.ToObject(simulation.GetType(typeof(Tier).FullName!, throwOnError: true)!, Tier.Deep);
    }

    /// <summary>Runs one seed; the promise that was broken, or <c>null</c>.</summary>
    public string? Run(int seed, TemplateDocument template)
    {
        string? broken = null;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                broken = RunHere(seed, template);
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return broken;
    }

    private string? RunHere(int seed, TemplateDocument template)
    {
        var result = run.Invoke(null, [draw.Invoke(null, [seed]), template, tier, null])!;
        var violation = result.GetType().GetProperty(nameof(SimulationResult.Violation))!.GetValue(result);
        return violation?.GetType().GetProperty(nameof(Violation.What))!.GetValue(violation) as string;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name == Product ? LoadFromStream(new MemoryStream(product)) : null;

    private static byte[] Compile(Mistake mistake)
    {
        var trees = Trees;
        foreach (var edit in mistake.Edits)
        {
            var (before, after) = SourceEdit.Apply(edit, trees);
            trees = [.. trees.Select(tree => tree == before ? after : tree)];
        }

        using var compiled = new MemoryStream();
        var result = CSharpCompilation
            .Create(Product, trees, References, new CSharpCompilationOptions(
                OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release,
                    nullableContextOptions: NullableContextOptions.Enable))
            .Emit(compiled);
        return result.Success
            ? compiled.ToArray()
            : throw new InvalidOperationException(string.Join(
                Environment.NewLine, result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
    }

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text), new CSharpParseOptions(LanguageVersion.Preview), path);
}
