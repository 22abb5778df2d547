using Charlie.Lambdas.Decisions;
using Charlie.Tests.Shared;

namespace Charlie.Lambdas.Tests;

public sealed class NamespaceTests
{
    [Fact]
    public void No_namespaces_depend_on_each_other_in_a_circle() =>
        Assert.Empty(NamespaceDependencies.Cycles(NamespaceDependencies.Of(typeof(Release).Assembly)));
}
