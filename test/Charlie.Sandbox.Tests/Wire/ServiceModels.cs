namespace Charlie.Sandbox.Tests.Wire;

/// <summary>AWS's own models of the services, as Python's botocore has them.</summary>
internal static class ServiceModels
{
    // Prints a line for each member of a request that is no structure: service, operation, and its path on the wire.
    private const string Members = """
        import sys
        import botocore.session

        def name(shape, member, protocol):
            given = shape.serialization
            if protocol == 'json':
                return member
            if protocol == 'ec2':
                return given.get('queryName') or (given['name'][0].upper() + given['name'][1:] if 'name' in given else member)
            return given.get('name', member)

        def walk(shape, at, protocol, above):
            if shape.name in above:
                return
            above = above + [shape.name]
            if shape.type_name == 'structure':
                for member, below in shape.members.items():
                    yield from walk(below, at + [name(below, member, protocol)], protocol, above)
            elif shape.type_name == 'list':
                yield from walk(shape.member, at + ['n'], protocol, above)
            elif shape.type_name == 'map' and protocol != 'json':
                yield '.'.join(at + ['entry', 'n', shape.key.serialization.get('name', 'key')])
                yield from walk(shape.value, at + ['entry', 'n', shape.value.serialization.get('name', 'value')], protocol, above)
            else:
                yield '.'.join(at + (['*'] if shape.type_name == 'map' else []))

        session = botocore.session.get_session()
        for line in sys.stdin.read().split('\n'):
            if line:
                service, operation = line.split()
                model = session.get_service_model(service)
                shape = model.operation_model(operation).input_shape
                for path in walk(shape, [], model.metadata['protocol'], []) if shape else []:
                    print(service, operation, path)
        """;

    /// <summary>The members of the requests of operations; skips the test where Python has no botocore.</summary>
    public static async Task<IReadOnlyList<(string Service, string Operation, string Member)>> MembersOf(
        IEnumerable<(string Service, string Operation)> operations)
    {
        var ran = await RunAsync(Members, string.Join('\n', operations.Select(one => $"{one.Service} {one.Operation}")));
        return [.. ran.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .Select(words => (words[0], words[1], words[2]))];
    }

    /// <summary>What a Python program with botocore prints; skips the test where there is none.</summary>
    public static async Task<string> RunAsync(string program, string input)
    {
        var has = await Tool.RunAsync("python3", ["-c", "import botocore.session"]);
        if (has.ExitCode != 0)
        {
            Assert.Skip("Python has no botocore.");
        }

        return (await Tool.RunAsync("python3", ["-c", program], input: input)).OutputOrThrow();
    }
}
