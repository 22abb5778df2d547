namespace Charlie.Sandbox.Control;

/// <summary>A request to the sandbox's own API that is wrong; the message says what is.</summary>
internal sealed class ControlException(string message) : Exception(message);
