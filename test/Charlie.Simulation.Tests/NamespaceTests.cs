using Charlie.Simulation.Seeds;
using Charlie.Tests.Shared;

namespace Charlie.Simulation.Tests;

public sealed class NamespaceTests
{
    [Fact]
    public void No_namespaces_depend_on_each_other_in_a_circle() =>
        Assert.Empty(NamespaceDependencies.Cycles(NamespaceDependencies.Of(typeof(SeedRunner).Assembly)));
}
