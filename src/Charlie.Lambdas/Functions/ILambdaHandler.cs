using System.Text.Json;
using Amazon.Lambda.Core;
using Charlie.Lambdas.Reports;

namespace Charlie.Lambdas.Functions;

/// <summary>What Lambda calls.</summary>
internal interface ILambdaHandler
{
    /// <returns>The report that becomes an event; <c>null</c> of a function that makes none.</returns>
    Task<DeploymentReport?> HandleAsync(JsonElement document, ILambdaContext context);
}
