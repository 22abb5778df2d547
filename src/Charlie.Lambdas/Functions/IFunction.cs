using System.Text.Json;
using Amazon.Lambda.Core;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Functions;

/// <summary>One of the two functions behind the program's door.</summary>
internal interface IFunction
{
    /// <summary>Handles one event. Throws only what Lambda shall run again.</summary>
    Task<DeploymentReport> HandleAsync(JsonElement document, ILambdaContext context);
}
