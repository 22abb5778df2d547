using Charlie.Cli.Commands;
using Charlie.Tests.Shared;

namespace Charlie.EndToEnd.Tests;

public sealed class NamespaceTests
{
    [Fact]
    public void No_namespaces_depend_on_each_other_in_a_circle() =>
        Assert.Empty(NamespaceDependencies.Cycles(NamespaceDependencies.Of(typeof(ExitCodes).Assembly)));
}
