using System.Net;
using System.Net.Sockets;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Tests.Wire;

public sealed class PortClaimTests
{
    private const int FirstOfTheSystem = 32_768;

    [Fact]
    public void Claims_at_one_time_have_ports_of_their_own_that_the_system_gives_to_nobody()
    {
        var claims = Enumerable.Range(0, 200).Select(_ => PortClaim.Take()).ToList();
        Assert.Equal(claims.Count, claims.Select(claim => claim.Port).Distinct().Count());
        Assert.All(claims, claim => Assert.InRange(claim.Port, 1024, FirstOfTheSystem - 1));
        claims.ForEach(claim => claim.Dispose());
    }

    /// <summary>A server on one address would keep another away that listens on all.</summary>
    [Fact]
    public void A_port_on_which_something_listens_is_not_claimed()
    {
        var claim = PortClaim.Take();
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Parse("127.0.1.254"), claim.Port));
        server.Listen();
        Assert.Null(PortClaim.TryTake(claim.Port));
        claim.Dispose();
        Assert.Null(PortClaim.TryTake(claim.Port));
    }
}
