using Charlie.Tests.Shared;

namespace Charlie.Sandbox.Tests
{
    /// <summary>The layers of the sandbox: the context below the services, the cloud above them, the server on top.</summary>
    public sealed class NamespaceTests
    {
        private const string Samples = "Charlie.Sandbox.Tests.Samples.";

        [Fact]
        public void No_namespaces_depend_on_each_other_in_a_circle() =>
            Assert.Empty(NamespaceDependencies.Cycles(NamespaceDependencies.Of(typeof(Cloud).Assembly)));

        [Fact]
        public void The_context_depends_on_no_other_part_of_the_sandbox() =>
            Assert.Empty(NamespaceDependencies.Of(typeof(Cloud).Assembly)["Charlie.Sandbox.Context"]);

        [Theory]
        [InlineData("Body", "Used.Static")]
        [InlineData("Lambda", "Used.Static")]
        [InlineData("Async", "Used.Static")]
        [InlineData("Iterator", "Used.Argument")]
        [InlineData("Cast", "Used.Class")]
        [InlineData("Catch", "Used.Failure")]
        [InlineData("Local", "Used.Class")]
        [InlineData("Signature", "Used.Class")]
        [InlineData("Constraint", "Used.Class")]
        [InlineData("Marked", "Used.Attribute")]
        public void A_dependency_is_found_in_every_place_of_a_type(string user, string used) =>
            Assert.Contains(Samples + used, NamespaceDependencies.Of(typeof(NamespaceTests).Assembly)[Samples + user]);

        [Fact]
        public void Cycles_names_every_namespace_of_a_circle_once()
        {
            var uses = new Dictionary<string,
                SortedSet<string>>
            { ["a"] = ["b"], ["b"] = ["c"], ["c"] = ["a", "d"], ["d"] = ["e"], ["e"] = [] };
            Assert.Equal(["a <-> b <-> c"], NamespaceDependencies.Cycles(uses));
        }
    }
}

// One namespace for each place in which a type can use another.
namespace Charlie.Sandbox.Tests.Samples.Used.Static
{
    internal static class Tool
    {
        public static int Work<T>() => typeof(T).Name.Length;
    }
}

namespace Charlie.Sandbox.Tests.Samples.Used.Argument
{
    internal sealed class Item;
}

namespace Charlie.Sandbox.Tests.Samples.Used.Class
{
    internal abstract class Thing;
}

namespace Charlie.Sandbox.Tests.Samples.Used.Failure
{
    internal sealed class BrokenException : Exception;
}

namespace Charlie.Sandbox.Tests.Samples.Used.Attribute
{
    [AttributeUsage(AttributeTargets.Property)]
    internal sealed class NoteAttribute : System.Attribute;
}

namespace Charlie.Sandbox.Tests.Samples.Body
{
    internal static class User
    {
        public static int Run() => Used.Static.Tool.Work<int>();
    }
}

namespace Charlie.Sandbox.Tests.Samples.Lambda
{
    internal static class User
    {
        public static Func<int> Run(int more) => () => more + Used.Static.Tool.Work<int>();
    }
}

namespace Charlie.Sandbox.Tests.Samples.Async
{
    internal static class User
    {
        public static async Task<int> RunAsync()
        {
            await Task.Yield();
            return Used.Static.Tool.Work<int>();
        }
    }
}

namespace Charlie.Sandbox.Tests.Samples.Iterator
{
    internal static class User
    {
        public static IEnumerable<int> Run()
        {
            yield return new List<Used.Argument.Item[]>().Count;
        }
    }
}

namespace Charlie.Sandbox.Tests.Samples.Cast
{
    internal static class User
    {
        public static bool Run(object value) => value is Used.Class.Thing;
    }
}

namespace Charlie.Sandbox.Tests.Samples.Catch
{
    internal static class User
    {
        public static void Run(Action work)
        {
            try
            {
                work();
            }
            catch (Used.Failure.BrokenException)
            {
                // Only the clause matters here.
            }
        }
    }
}

namespace Charlie.Sandbox.Tests.Samples.Local
{
    internal static class User
    {
        public static void Run(Func<object, bool> work)
        {
            Used.Class.Thing? thing = null;
            GC.KeepAlive(work(ByReference(ref thing)));

            static object ByReference<T>(ref T value) => value!;
        }
    }
}

namespace Charlie.Sandbox.Tests.Samples.Signature
{
    internal interface IUser
    {
        IReadOnlyDictionary<string, Used.Class.Thing[]> Run();
    }
}

namespace Charlie.Sandbox.Tests.Samples.Constraint
{
    internal interface IUser<T>
        where T : Used.Class.Thing;
}

namespace Charlie.Sandbox.Tests.Samples.Marked
{
    internal static class User
    {
        [Used.Attribute.Note]
        public static int Count => 0;
    }
}
