namespace Charlie.Operations.Stack;

/// <summary>The account and region have no stack of that app.</summary>
internal sealed class StackMissingException(string message) : OperationException(message);
