// AWS's SDK for JavaScript against the sandbox: 50 calls and more, and every waiter of an operation that is played.
// Reads the endpoint from the environment, and the packages from the folder that AWS_SDK_JAVASCRIPT names.
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';

const require = createRequire(path.join(process.env.AWS_SDK_JAVASCRIPT, 'package.json'));
const config = { region: 'us-east-1', endpoint: process.env.AWS_ENDPOINT_URL, credentials: { accessKeyId: 'person', secretAccessKey: 'secret' }, maxAttempts: 1 };
const packages = {
  ec2: require('@aws-sdk/client-ec2'),
  scaling: require('@aws-sdk/client-auto-scaling'),
  events: require('@aws-sdk/client-eventbridge'),
  sns: require('@aws-sdk/client-sns'),
  sts: require('@aws-sdk/client-sts'),
  ssm: require('@aws-sdk/client-ssm'),
  secrets: require('@aws-sdk/client-secrets-manager'),
};
const clients = {
  ec2: new packages.ec2.EC2Client(config),
  scaling: new packages.scaling.AutoScalingClient(config),
  events: new packages.events.EventBridgeClient(config),
  sns: new packages.sns.SNSClient(config),
  sts: new packages.sts.STSClient(config),
  ssm: new packages.ssm.SSMClient(config),
  secrets: new packages.secrets.SecretsManagerClient(config),
};
let calls = 0;
const waited = [];

async function call(service, operation, input = {}) {
  calls++;
  return clients[service].send(new packages[service][`${operation}Command`](input));
}

async function fails(name, service, operation, input = {}) {
  try {
    await call(service, operation, input);
  } catch (error) {
    if (error.name !== name) throw new Error(`${operation} failed with ${error.name} (${error.message}) and not with ${name}`);
    return;
  }
  throw new Error(`${operation} did not fail`);
}

async function wait(name, input) {
  const result = await packages.ec2[name]({ client: clients.ec2, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, input);
  if (result.state !== 'SUCCESS') throw new Error(`${name}: ${result.state}`);
  waited.push(name);
}

function is(actual, expected, what) {
  if (actual !== expected) throw new Error(`${what}: ${actual} and not ${expected}`);
}

async function until(what, happens) {
  for (let attempt = 0; attempt < 600; attempt++) {
    const found = await happens();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never: ${what}`);
}

const group = { AutoScalingGroupName: 'script' };
const inState = async (state) => (await call('scaling', 'DescribeAutoScalingGroups', { AutoScalingGroupNames: ['script'] }))
  .AutoScalingGroups[0].Instances.find((one) => one.LifecycleState === state)?.InstanceId;

const made = await call('ec2', 'CreateLaunchTemplate', {
  LaunchTemplateName: 'script', LaunchTemplateData: { ImageId: 'ami-2', InstanceType: 't3.micro', TagSpecifications: [
    { ResourceType: 'instance', Tags: [{ Key: 'charlie:image', Value: 'one' }] }] } });
const template = made.LaunchTemplate.LaunchTemplateId;
is(made.LaunchTemplate.LatestVersionNumber, 1, 'LatestVersionNumber');
is(made.LaunchTemplate.CreateTime instanceof Date, true, 'CreateTime');
await fails('InvalidLaunchTemplateName.AlreadyExistsException', 'ec2', 'CreateLaunchTemplate', { LaunchTemplateName: 'script', LaunchTemplateData: { ImageId: 'ami-2' } });
await call('ec2', 'CreateLaunchTemplateVersion', { LaunchTemplateId: template, SourceVersion: '1', LaunchTemplateData: { InstanceType: 't3.small' } });
is((await call('ec2', 'DescribeLaunchTemplateVersions', { LaunchTemplateId: template })).LaunchTemplateVersions.length, 2, 'versions');
await call('ec2', 'ModifyLaunchTemplate', { LaunchTemplateId: template, DefaultVersion: '2' });
is((await call('ec2', 'DescribeLaunchTemplates', { LaunchTemplateIds: [template] })).LaunchTemplates[0].DefaultVersionNumber, 2, 'DefaultVersionNumber');
await call('ec2', 'CreateTags', { Resources: [template], Tags: [{ Key: 'a', Value: 'b' }] });
is((await call('ec2', 'DescribeTags', { Filters: [{ Name: 'resource-id', Values: [template] }] })).Tags[0].Value, 'b', 'tag');
await call('ec2', 'DeleteTags', { Resources: [template], Tags: [{ Key: 'a' }] });

await call('scaling', 'CreateAutoScalingGroup', {
  ...group, MinSize: 0, MaxSize: 2, DesiredCapacity: 1, VPCZoneIdentifier: 'subnet-11111111', LaunchTemplate: { LaunchTemplateId: template, Version: '1' },
  LifecycleHookSpecificationList: [{ LifecycleHookName: 'launch', LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING' }] });
await fails('AlreadyExistsFault', 'scaling', 'CreateAutoScalingGroup', {
  ...group, MinSize: 0, MaxSize: 2, AvailabilityZones: ['us-east-1a'], LaunchTemplate: { LaunchTemplateId: template } });
const instance = await until('held', () => inState('Pending:Wait'));
await call('scaling', 'RecordLifecycleActionHeartbeat', { ...group, LifecycleHookName: 'launch', InstanceId: instance });
await call('scaling', 'CompleteLifecycleAction', { ...group, LifecycleHookName: 'launch', InstanceId: instance, LifecycleActionResult: 'CONTINUE' });
await wait('waitUntilInstanceExists', { InstanceIds: [instance] });
await wait('waitUntilInstanceRunning', { InstanceIds: [instance] });
await wait('waitUntilInstanceStatusOk', { InstanceIds: [instance] });
await wait('waitUntilSystemStatusOk', { InstanceIds: [instance] });
await wait('waitUntilImageExists', { ImageIds: ['ami-2'] });
await wait('waitUntilImageAvailable', { ImageIds: ['ami-2'] });
await wait('waitUntilSubnetAvailable', { SubnetIds: ['subnet-11111111'] });
const vpc = (await call('ec2', 'DescribeVpcs')).Vpcs[0].VpcId;
await wait('waitUntilVpcExists', { VpcIds: [vpc] });
await wait('waitUntilVpcAvailable', { VpcIds: [vpc] });
is((await call('ec2', 'DescribeSubnets', { SubnetIds: ['subnet-11111111'] })).Subnets[0].VpcId, vpc, 'VpcId');
await call('ec2', 'DescribeImages', { ImageIds: ['ami-2'] });
await call('ec2', 'DescribeInstanceStatus', { InstanceIds: [instance] });
await call('ec2', 'RebootInstances', { InstanceIds: [instance] });
const address = await call('ec2', 'AllocateAddress', { Domain: 'vpc' });
const association = await call('ec2', 'AssociateAddress', { AllocationId: address.AllocationId, InstanceId: instance });
is((await call('ec2', 'DescribeAddresses', { PublicIps: [address.PublicIp] })).Addresses[0].InstanceId, instance, 'InstanceId');
is((await call('ec2', 'DescribeInstances', { InstanceIds: [instance] })).Reservations[0].Instances[0].PublicIpAddress, address.PublicIp, 'PublicIpAddress');
await call('ec2', 'DisassociateAddress', { AssociationId: association.AssociationId });
await call('ec2', 'ReleaseAddress', { AllocationId: address.AllocationId });
await call('scaling', 'DescribeAutoScalingInstances', { InstanceIds: [instance] });
await call('scaling', 'SetInstanceProtection', { ...group, InstanceIds: [instance], ProtectedFromScaleIn: false });
await call('scaling', 'SetInstanceHealth', { InstanceId: instance, HealthStatus: 'Healthy' });
await call('scaling', 'DescribeLifecycleHooks', group);
await call('scaling', 'DeleteLifecycleHook', { ...group, LifecycleHookName: 'launch' });
await call('scaling', 'PutScheduledUpdateGroupAction', { ...group, ScheduledActionName: 'close', StartTime: new Date('2199-01-01T00:00:00Z'), DesiredCapacity: 0 });
is((await call('scaling', 'DescribeScheduledActions', group)).ScheduledUpdateGroupActions[0].StartTime.toISOString(), '2199-01-01T00:00:00.000Z', 'StartTime');
await call('scaling', 'DeleteScheduledAction', { ...group, ScheduledActionName: 'close' });
await call('scaling', 'CreateOrUpdateTags', { Tags: [{ ResourceId: 'script', ResourceType: 'auto-scaling-group', Key: 'k', Value: 'v', PropagateAtLaunch: true }] });
is((await call('scaling', 'DescribeTags')).Tags.find((tag) => tag.Key === 'k').PropagateAtLaunch, true, 'PropagateAtLaunch');
await call('scaling', 'SuspendProcesses', { ...group, ScalingProcesses: ['AZRebalance'] });
await call('scaling', 'ResumeProcesses', group);
await call('scaling', 'StartInstanceRefresh', { ...group, Preferences: { InstanceWarmup: 3600 } });
await fails('InstanceRefreshInProgressFault', 'scaling', 'StartInstanceRefresh', group);
await call('scaling', 'CancelInstanceRefresh', { ...group, WaitForTransitioningInstances: false });
await call('scaling', 'DescribeInstanceRefreshes', group);
await call('scaling', 'UpdateAutoScalingGroup', { ...group, MaxSize: 3, TerminationPolicies: ['OldestInstance'] });
await call('scaling', 'SetDesiredCapacity', { ...group, DesiredCapacity: 0 });
await call('scaling', 'DescribeScalingActivities', group);
await call('scaling', 'DeleteAutoScalingGroup', { ...group, ForceDelete: true });
await wait('waitUntilInstanceTerminated', { InstanceIds: [instance] });
await call('ec2', 'DeleteLaunchTemplate', { LaunchTemplateId: template });

await call('events', 'CreateEventBus', { Name: 'script' });
await call('events', 'PutRule', { Name: 'rule', EventBusName: 'script', EventPattern: '{"source":["s"]}' });
await call('events', 'PutTargets', { Rule: 'rule', EventBusName: 'script', Targets: [{ Id: 'a', Arn: 'arn:aws:sns:us-east-1:123456789012:t' }] });
is((await call('events', 'PutEvents', { Entries: [{ Source: 's', DetailType: 't', Detail: '{}', EventBusName: 'script', Time: new Date() }] })).FailedEntryCount, 0, 'FailedEntryCount');
is((await call('events', 'ListTargetsByRule', { Rule: 'rule', EventBusName: 'script' })).Targets[0].Id, 'a', 'target');
await fails('ResourceNotFoundException', 'events', 'DescribeRule', { Name: 'none' });
const topic = (await call('sns', 'CreateTopic', { Name: 'script' })).TopicArn;
await call('sns', 'Publish', { TopicArn: topic, Message: 'm' });
await fails('NotFoundException', 'sns', 'GetTopicAttributes', { TopicArn: `${topic}x` });
is((await call('sts', 'GetCallerIdentity')).Arn, 'arn:aws:iam::123456789012:user/person', 'Arn');
await call('ssm', 'PutParameter', { Name: '/script', Type: 'String', Value: 'x' });
is((await call('ssm', 'GetParameter', { Name: '/script' })).Parameter.Value, 'x', 'Value');
await fails('ParameterNotFound', 'ssm', 'GetParameter', { Name: '/none' });
await call('secrets', 'CreateSecret', { Name: 'script', SecretString: 'x' });
is((await call('secrets', 'GetSecretValue', { SecretId: 'script' })).SecretString, 'x', 'SecretString');
await fails('InvalidAction', 'ec2', 'DescribeVolumes');
await fails('UnknownParameter', 'ec2', 'TerminateInstances', { InstanceIds: ['i-0123456789abcdef0'], Force: true });

const all = Object.keys(packages.ec2).filter((name) => name.startsWith('waitUntil'));
console.log(JSON.stringify({ calls, waited, waiters: all }));
