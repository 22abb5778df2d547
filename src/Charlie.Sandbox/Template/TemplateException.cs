namespace Charlie.Sandbox.Template;

/// <summary>A template, or a value for one of its parameters, that cannot be used: one line that says where, what is wrong and what is allowed.</summary>
/// <param name="path">The place, for example <c>Resources.Refresh.Properties.Timeout</c>.</param>
public sealed class TemplateException(string path, string problem) : Exception($"{path}: {problem}")
{
    public string Path { get; } = path;
}
