using System.Globalization;
using System.Text.Json.Nodes;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Plans;

/// <summary>The detail of an operator's event.</summary>
internal static class RequestDetail
{
    public static JsonObject Of(string reason) => new()
    {
        ["app"] = ProductionGroup.Name,
        ["reason"] = reason,
        ["requestedBy"] = "maria",
    };

    public static JsonObject Rollback(string from, string? to)
    {
        var detail = Of("customers complain");
        detail["fromRelease"] = from;
        if (to is not null)
        {
            detail["toRelease"] = to;
        }

        return detail;
    }

    /// <param name="holder">Whose hold.</param>
    /// <param name="minutes">How long; <c>null</c>: until it is resumed.</param>
    public static JsonObject Hold(string holder, int? minutes)
    {
        var detail = Of("the market is open");
        detail["holder"] = holder;
        if (minutes is { } number)
        {
            detail["for"] = string.Create(CultureInfo.InvariantCulture, $"{number}m");
        }

        return detail;
    }

    public static JsonObject Resume(string holder)
    {
        var detail = Of("the market is closed");
        detail["holder"] = holder;
        return detail;
    }
}
