using System.Reflection;

namespace Charlie.Lambdas.Tests;

/// <summary>The analyzer ignores a line of BannedSymbols.txt whose symbol does not exist.</summary>
public sealed class BannedSymbolsTests
{
    public static TheoryData<string> Lines => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "BannedSymbols.txt"))];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Symbol_exists_and_the_message_names_a_replacement(string line)
    {
        var parts = line.Split(';');
        Assert.Equal(2, parts.Length);
        Assert.NotEmpty(parts[1]);
        var (kind, name, parameters) = Symbol(parts[0]);
        if (kind == "T")
        {
            Assert.NotNull(Find(name));
            return;
        }

        var type = Find(name[..name.LastIndexOf('.')])!;
        var member = name[(name.LastIndexOf('.') + 1)..];
        Assert.NotNull((kind, member) switch
        {
            ("P", _) => (MemberInfo?)type.GetProperty(member),
            ("M", "#ctor") => type.GetConstructor(parameters),
            _ => type.GetMethod(member, parameters),
        });
    }

    private static (string Kind, string Name, Type[] Parameters) Symbol(string id)
    {
        var bracket = id.IndexOf('(', StringComparison.Ordinal);
        var name = bracket < 0 ? id[2..] : id[2..bracket];
        return (id[..1], name, bracket < 0
            ? []
            : [.. id[(bracket + 1)..^1].Split(',').Select(parameter => Find(parameter)!)]);
    }

    private static Type? Find(string name) =>
        new[] { typeof(object), typeof(System.Diagnostics.Stopwatch), typeof(PeriodicTimer) }
            .Select(known => known.Assembly.GetType(name)).FirstOrDefault(type => type is not null);
}
