using System.Text.Json;

namespace Charlie.Sandbox.Wire;

/// <summary>
/// The operations of a service that the sandbox plays, and which members of their requests. Every other member is refused: none
/// is accepted and dropped.
/// </summary>
public sealed class PlayedOperations
{
    private readonly SortedDictionary<string, Member> operations = new(StringComparer.Ordinal);

    private PlayedOperations()
    {
    }

    /// <summary>The names of the operations, in order.</summary>
    public IReadOnlyCollection<string> Names => operations.Keys;

    /// <summary>
    /// Reads one operation a line: its name, then its members as the wire writes them. <c>n</c> stands for an element of a list,
    /// <c>*</c> for any name, and <c>**</c> for everything below. A line that is indented goes on with the one above.
    /// </summary>
    public static PlayedOperations Of(string text)
    {
        var played = new PlayedOperations();
        foreach (var line in text.Replace("\n  ", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var root = new Member();
            foreach (var word in words.Skip(1))
            {
                root.Add(word.Split('.'));
            }

            played.operations.Add(words[0], root);
        }

        return played;
    }

    public bool Has(string operation) => operations.ContainsKey(operation);

    /// <summary>Whether a member, written as <see cref="Of"/> reads it, is played.</summary>
    public bool Plays(string operation, string member) =>
        operations.TryGetValue(operation, out var root) && root.Has(member.Split('.'));

    /// <summary>The members of an operation, as <see cref="Of"/> reads them.</summary>
    public IEnumerable<string> MembersOf(string operation) => operations[operation].Paths(string.Empty);

    /// <summary>A member of the request that is not played; <c>null</c> where there is none.</summary>
    internal string? Foreign(AwsRequest request)
    {
        var root = operations[request.Action];
        if (request.Body is { } body)
        {
            return Foreign(body, root, string.Empty);
        }

        foreach (var name in request.Parameters.Keys)
        {
            if (!root.HasName(name) && !IsCommon(name) && !HasEmptyStep(name))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>What every Query request may have: its action, and a signature in the query string.</summary>
    private static bool IsCommon(string name) =>
        name is "Action" or "Version" or "AWSAccessKeyId" or "Signature" or "SignatureMethod" or "SignatureVersion" or "Timestamp"
            or "SecurityToken" || name.StartsWith("X-Amz-", StringComparison.Ordinal);

    /// <summary>An empty step makes it no name, which is the parser's to say.</summary>
    private static bool HasEmptyStep(string name) =>
        name is "" or ['.', ..] or [.., '.'] || name.Contains("..", StringComparison.Ordinal);

    private static string? Foreign(JsonElement element, Member played, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
                {
                    var at = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                    if (played.Step(member.Name) is not { } below)
                    {
                        return at;
                    }

                    if (Foreign(member.Value, below, at) is { } foreign)
                    {
                        return foreign;
                    }
                }

                return null;
            case JsonValueKind.Array when played.Step("n") is { } items:
                return element.EnumerateArray().Select(item => Foreign(item, items, path)).FirstOrDefault(foreign => foreign is not null);
            default:
                // What should be a list or a structure and is none is the operation's to refuse.
                return null;
        }
    }

    private sealed class Member
    {
        private const string Everything = "**";

        private readonly Dictionary<string, Member> below = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Member>.AlternateLookup<ReadOnlySpan<char>> belowBySpan;

        public Member() => belowBySpan = below.GetAlternateLookup<ReadOnlySpan<char>>();

        public void Add(ReadOnlySpan<string> path)
        {
            if (!path.IsEmpty)
            {
                below.TryAdd(path[0], new Member());
                below[path[0]].Add(path[1..]);
            }
        }

        public Member? Step(ReadOnlySpan<char> name) =>
            belowBySpan.TryGetValue(name, out var named) && !below.ContainsKey(Everything) ? named
            : below.ContainsKey(Everything) ? this : below.GetValueOrDefault("*");

        public bool Has(ReadOnlySpan<string> path) => path.IsEmpty || (Step(path[0]) is { } next && next.Has(path[1..]));

        /// <summary>The same for a parameter's whole name, as <c>Filter.1.Value.2</c>, without a copy of its steps.</summary>
        public bool HasName(ReadOnlySpan<char> name)
        {
            var at = this;
            foreach (var range in name.Split('.'))
            {
                var step = name[range];
                if (step is not "member")
                {
                    if (at.Step(IsNumber(step) ? "n" : step) is not { } next)
                    {
                        return false;
                    }

                    at = next;
                }
            }

            return true;
        }

        public IEnumerable<string> Paths(string at) => below.Count == 0 && at.Length > 0
            ? [at]
            : below.OrderBy(one => one.Key, StringComparer.Ordinal)
                .SelectMany(one => one.Value.Paths(at.Length == 0 ? one.Key : $"{at}.{one.Key}"));

        private static bool IsNumber(ReadOnlySpan<char> step) => !step.IsEmpty && !step.ContainsAnyExceptInRange('0', '9');
    }
}
