using Charlie.Cli.Commands;
using Charlie.Operations.Stack;
using Charlie.Simulation.Production;
using Charlie.Tests.Shared;

namespace Charlie.EndToEnd.Tests;

public sealed class NamespaceTests
{
    [Fact]
    public void No_namespaces_depend_on_each_other_in_a_circle() =>
        Assert.Empty(NamespaceDependencies.Cycles(NamespaceDependencies.Of(typeof(ExitCodes).Assembly)));

    [Fact]
    public void No_namespaces_of_the_operations_depend_on_each_other_in_a_circle() =>
        Assert.Empty(NamespaceDependencies.Cycles(NamespaceDependencies.Of(typeof(StackDescription).Assembly)));

    /// <summary>Cli on Operations and Simulation, those on Lambdas and the sandbox; no display below Cli.</summary>
    [Fact]
    public void The_operations_know_neither_the_embedded_AWS_nor_the_command_nor_a_display()
    {
        string[] others = ["Charlie.Sandbox", "Charlie.Simulation", "charlie", "Spectre.Console", "System.CommandLine"];
        Assert.Empty(Used(typeof(StackDescription)).Intersect(others));
        Assert.DoesNotContain("Charlie.Operations", Used(typeof(BotImage)));
        Assert.Contains("Charlie.Operations", Used(typeof(ExitCodes)));
    }

    private static IEnumerable<string> Used(Type type) => type.Assembly.GetReferencedAssemblies().Select(name => name.Name!);
}
