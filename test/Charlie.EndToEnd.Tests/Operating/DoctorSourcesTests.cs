using System.Net;
using Amazon.Runtime;
using Charlie.Operations.Access;
using Charlie.Operations.Doctor;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>What the embedded AWS does not play is read from responses as AWS's documentation shows them.</summary>
public sealed class DoctorSourcesTests : IDisposable
{
    private readonly Responder responder = new();
    private readonly SignedClient client;

    public DoctorSourcesTests() => client = new SignedClient(
        new AwsAccess(new BasicAWSCredentials("AKIAEXAMPLE", "not-a-secret"), "us-east-1", null), TimeProvider.System, responder);

    public void Dispose()
    {
        client.Dispose();
        responder.Dispose();
    }

    [Fact]
    public async Task Alarms_are_read_page_by_page()
    {
        responder.Say(
            "Action=DescribeAlarms",
            """
            <DescribeAlarmsResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><DescribeAlarmsResult><MetricAlarms><member>
            <AlarmName>charlie-RefreshErrorsAlarm-1</AlarmName><ActionsEnabled>false</ActionsEnabled>
            <AlarmActions><member>arn:aws:sns:us-east-1:123456789012:alerts</member></AlarmActions><MetricName>Errors</MetricName>
            <Dimensions><member><Name>FunctionName</Name><Value>charlie-Refresh</Value></member></Dimensions>
            </member></MetricAlarms><NextToken>more</NextToken></DescribeAlarmsResult></DescribeAlarmsResponse>
            """);
        responder.Say(
            "NextToken=more",
            """
            <DescribeAlarmsResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><DescribeAlarmsResult><MetricAlarms><member>
            <AlarmName>charlie-QueueAlarm-1</AlarmName><ActionsEnabled>true</ActionsEnabled><AlarmActions/><MetricName>Age</MetricName>
            <Dimensions/></member></MetricAlarms></DescribeAlarmsResult></DescribeAlarmsResponse>
            """);
        var alarms = await new AlarmReader(Examples.Stack(), client).ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                ("charlie-RefreshErrorsAlarm-1", "Errors", "charlie-Refresh", false, 1),
                ("charlie-QueueAlarm-1", "Age", "", true, 0),
            ],
            alarms.Select(alarm => (alarm.Name, alarm.Metric, alarm.Of, alarm.IsEnabled, alarm.Actions.Count)));
    }

    [Fact]
    public async Task An_instance_lets_in_what_all_of_its_groups_do()
    {
        responder.Say(
            "Action=DescribeInstances",
            """
            <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet><item><groupSet/>
            <instancesSet><item>
            <instanceId>i-1</instanceId><groupSet><item><groupId>sg-2</groupId></item><item><groupId>sg-3</groupId></item></groupSet>
            <networkInterfaceSet><item><groupSet><item><groupId>sg-2</groupId></item></groupSet></item></networkInterfaceSet>
            </item></instancesSet></item></reservationSet></DescribeInstancesResponse>
            """);
        responder.Say(
            "Action=DescribeSecurityGroups",
            """
            <DescribeSecurityGroupsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><securityGroupInfo>
            <item><groupId>sg-2</groupId><ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>80</fromPort><toPort>81</toPort>
            <groups><item><groupId>sg-1</groupId></item></groups><ipRanges/></item>
            <item><ipProtocol>udp</ipProtocol><fromPort>53</fromPort><toPort>53</toPort><groups/></item></ipPermissions>
            <ipPermissionsEgress><item><ipProtocol>-1</ipProtocol></item></ipPermissionsEgress></item>
            <item><groupId>sg-3</groupId><ipPermissions><item><ipProtocol>-1</ipProtocol><groups/>
            <ipRanges><item><cidrIp>10.0.0.0/8</cidrIp></item></ipRanges></item></ipPermissions></item>
            </securityGroupInfo></DescribeSecurityGroupsResponse>
            """);
        var instance = Assert.Single(await new IngressReader(client).ReadAsync(["i-1"], TestContext.Current.CancellationToken));
        Assert.Equal(["sg-2", "sg-3"], instance.Groups);
        Assert.Equal(
            [(80, 81, "sg-1"), (0, 65535, "10.0.0.0/8")],
            instance.Rules.Select(rule => (rule.FromPort, rule.ToPort, Assert.Single(rule.Sources))));
    }

    [Fact]
    public async Task A_subnet_leaves_the_network_by_its_own_table_or_the_main_one_and_not_by_an_internet_gateway()
    {
        responder.Say(
            "Action=DescribeRouteTables",
            """
            <DescribeRouteTablesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><routeTableSet>
            <item><routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId><routeSet>
            <item><destinationCidrBlock>10.0.0.0/16</destinationCidrBlock><gatewayId>local</gatewayId><state>active</state></item>
            <item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><gatewayId>igw-1</gatewayId><state>active</state></item></routeSet>
            <associationSet><item><main>true</main></item></associationSet></item>
            <item><routeTableId>rtb-2</routeTableId><routeSet>
            <item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><natGatewayId>nat-1</natGatewayId><state>active</state></item>
            </routeSet><associationSet><item><main>false</main><subnetId>subnet-nat</subnetId></item></associationSet></item>
            <item><routeTableId>rtb-3</routeTableId><routeSet>
            <item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><natGatewayId>nat-2</natGatewayId><state>blackhole</state></item>
            </routeSet><associationSet><item><main>false</main><subnetId>subnet-gone</subnetId></item></associationSet></item>
            </routeTableSet></DescribeRouteTablesResponse>
            """);
        responder.Say(
            "Action=DescribeVpcEndpoints",
            """
            <DescribeVpcEndpointsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><vpcEndpointSet>
            <item><vpcEndpointId>vpce-1</vpcEndpointId><vpcEndpointType>Interface</vpcEndpointType>
            <serviceName>com.amazonaws.us-east-1.ec2</serviceName><state>available</state><privateDnsEnabled>true</privateDnsEnabled>
            <groupSet><item><groupId>sg-4</groupId></item></groupSet></item>
            <item><vpcEndpointId>vpce-2</vpcEndpointId><vpcEndpointType>Interface</vpcEndpointType>
            <serviceName>com.amazonaws.us-east-1.autoscaling</serviceName><state>pending</state>
            <privateDnsEnabled>true</privateDnsEnabled><groupSet/></item>
            <item><vpcEndpointId>vpce-3</vpcEndpointId><vpcEndpointType>Gateway</vpcEndpointType>
            <serviceName>com.amazonaws.us-east-1.s3</serviceName><state>available</state></item>
            </vpcEndpointSet></DescribeVpcEndpointsResponse>
            """);
        responder.Say(
            "Action=DescribeSecurityGroups",
            """
            <DescribeSecurityGroupsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><securityGroupInfo>
            <item><groupId>sg-4</groupId><ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>443</fromPort><toPort>443</toPort>
            <groups/><ipRanges><item><cidrIp>10.0.0.0/16</cidrIp></item></ipRanges></item></ipPermissions></item>
            </securityGroupInfo></DescribeSecurityGroupsResponse>
            """);
        var stack = Examples.Stack() with { Vpc = "vpc-1", Subnets = ["subnet-nat", "subnet-gone", "subnet-main"] };
        var way = await new WayOutReader(stack, client).ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["subnet-gone", "subnet-main"], way.ClosedSubnets);
        Assert.Equal(
            [("vpce-1", "com.amazonaws.us-east-1.ec2", true, 1), ("vpce-2", "com.amazonaws.us-east-1.autoscaling", false, 0)],
            way.Endpoints.Select(endpoint => (endpoint.Id, endpoint.Service, endpoint.IsUsable, endpoint.Rules.Count)));
    }

    [Fact]
    public async Task Secrets_are_those_that_the_machines_settings_name()
    {
        responder.Say("/charlie/charlie/machine", """{"Parameter":{"Value":"{\"registrySecret\":\"r\",\"appSecret\":\"a\"}"}}""");
        responder.Say("\"SecretId\":\"r\"", """{"Name":"charlie/registry","DeletedDate":1.7e9}""");
        responder.Say(
            "\"SecretId\":\"a\"", """{"__type":"ResourceNotFoundException","Message":"can't find it"}""", HttpStatusCode.BadRequest);
        Assert.Equal(
            [new SecretFacts("registrySecret", "r", true, true), new SecretFacts("appSecret", "a", false, false)],
            await new SecretReader(Examples.Stack(), client).ReadAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Responds by a part of the request's body; the part that was said last counts.</summary>
    private sealed class Responder : HttpMessageHandler
    {
        private readonly List<(string Part, string Response, HttpStatusCode Status)> said = [];

        public void Say(string part, string response, HttpStatusCode status = HttpStatusCode.OK) => said.Add((part, response, status));

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            var (_, response, status) = said.Last(one => body.Contains(one.Part, StringComparison.Ordinal));
            return new HttpResponseMessage(status) { Content = new StringContent(response) };
        }
    }
}
