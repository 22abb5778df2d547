namespace Charlie.Sandbox.EventBridge.Patterns;

/// <summary>A pattern that EventBridge refuses; the message is the reason alone.</summary>
public sealed class InvalidEventPatternException(string reason) : Exception(reason);
