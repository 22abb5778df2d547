
namespace Charlie.Sandbox.Lambda;

/// <summary>The account's functions.</summary>
public sealed class Functions(EventTargets targets, AsyncInvocations invocations)
{
    private readonly SortedDictionary<string, FunctionConfiguration> functions = new(StringComparer.Ordinal);

    public IReadOnlyCollection<FunctionConfiguration> All => functions.Values;

    public AsyncInvocations Invocations => invocations;

    public void Create(FunctionConfiguration function)
    {
        functions[function.Name] = function;
        targets.Add(function.Arn, new FunctionTarget(this, function.Name));
    }

    public void Delete(FunctionConfiguration function)
    {
        functions.Remove(function.Name);
        targets.Remove(function.Arn);
    }

    /// <summary>A function by its name, its ARN (qualified or not) or the logical id of the template that made it.</summary>
    public FunctionConfiguration? Find(string name) =>
        functions.Values.FirstOrDefault(function =>
            function.Name == name || function.LogicalId == name || function.Arn == name || function.Arn + ":$LATEST" == name);

    /// <summary>A function as a rule's or a destination's target; Lambda takes the event and EventBridge is done with it.</summary>
    private sealed class FunctionTarget(Functions functions, string name) : IEventTarget
    {
        public DeliveryResult Deliver(TargetInput input)
        {
            functions.Invocations.Invoke(functions.functions[name], input.Payload);
            return DeliveryResult.Delivered;
        }
    }
}
