namespace Charlie.Operations;

/// <summary>What an operator asked for cannot be done; the message says why, and what to do.</summary>
internal class OperationException(string message) : Exception(message);
