namespace Charlie.Simulation.Images;

/// <summary>A time in which something that every app needs does not respond: a broker, or DNS. Apps exit meanwhile.</summary>
internal sealed record Outage(DateTimeOffset From, DateTimeOffset Until);
