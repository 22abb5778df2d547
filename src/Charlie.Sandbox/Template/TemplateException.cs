namespace Charlie.Sandbox.Template;

/// <summary>A template, or a value for one of its parameters, cannot be used.</summary>
/// <remarks>The message is one line that says the place, what is wrong there and what is allowed.</remarks>
/// <param name="path">The place, for example <c>Resources.Refresh.Properties.Timeout</c>.</param>
public sealed class TemplateException(string path, string problem) : Exception($"{path}: {problem}")
{
    public string Path { get; } = path;
}
