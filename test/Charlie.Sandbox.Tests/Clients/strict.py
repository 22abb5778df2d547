"""Calls every operation that the sandbox plays and reads each response strictly by botocore's models.

Reads a JSON object from standard input: endpoint, and played, a list of "service operation". A response may have no element
and no member that the model does not have, each value must be of its type and of its enumeration, and what the model requires
must be there. Prints what is wrong, a line each.
"""
import datetime
import json
import re
import sys
import time
import urllib.request
import xml.etree.ElementTree as ElementTree

import botocore.config
import botocore.exceptions
import botocore.session

GIVEN = json.load(sys.stdin)
problems = []
called = set()


def leaf(shape, text, at):
    text = '' if text is None else text
    kinds = {
        'integer': r'-?\d+', 'long': r'-?\d+', 'boolean': r'true|false', 'float': r'-?\d+(\.\d+)?([eE]-?\d+)?', 'double': r'-?\d+(\.\d+)?([eE]-?\d+)?',
        'timestamp': r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z|\d+(\.\d+)?',
    }
    kind = kinds.get(shape.type_name)
    if kind and not re.fullmatch(kind, text):
        problems.append(f"{at}: '{text}' is no {shape.type_name}")
    if shape.type_name == 'string' and shape.enum and text not in shape.enum:
        problems.append(f"{at}: '{text}' is not one of {', '.join(shape.enum)}")


def required(shape, there, at):
    for name in shape.required_members:
        if name not in there:
            problems.append(f'{at}: {name} is missing')


def local(element):
    return element.tag.split('}')[-1]


def xml(shape, element, at):
    if shape.type_name == 'structure':
        names = {member.serialization.get('name', name): (name, member) for name, member in shape.members.items()}
        there = set()
        for child in element:
            if local(child) not in names:
                problems.append(f'{at}: there is no {local(child)}')
                continue
            name, member = names[local(child)]
            if name in there:
                problems.append(f'{at}: {name} comes twice')
            there.add(name)
            xml(member, child, f'{at}.{name}')
        required(shape, there, at)
    elif shape.type_name == 'list':
        item = shape.member.serialization.get('name', 'member')
        for child in element:
            if local(child) != item:
                problems.append(f'{at}: an element is {local(child)} and not {item}')
            xml(shape.member, child, f'{at}[]')
    elif shape.type_name == 'map':
        for entry in element:
            if [local(child) for child in entry] != ['key', 'value']:
                problems.append(f'{at}: an entry has not just key and value')
    else:
        if len(element):
            problems.append(f'{at}: a value has elements')
        leaf(shape, element.text, at)


def document(shape, value, at):
    if shape.type_name == 'structure':
        if not isinstance(value, dict):
            problems.append(f'{at}: {value!r} is no structure')
            return
        for name, below in value.items():
            if name not in shape.members:
                problems.append(f'{at}: there is no {name}')
            else:
                document(shape.members[name], below, f'{at}.{name}')
        required(shape, value, at)
    elif shape.type_name == 'list':
        for item in value:
            document(shape.member, item, f'{at}[]')
    elif shape.type_name == 'map':
        for below in value.values():
            document(shape.value, below, f'{at}.*')
    elif shape.type_name == 'string':
        if not isinstance(value, str):
            problems.append(f'{at}: {value!r} is no string')
        else:
            leaf(shape, value, at)
    else:
        leaf(shape, json.dumps(value), at)


def check(model, operation, body):
    shape = model.operation_model(operation).output_shape
    protocol = model.metadata['protocol']
    if protocol == 'json':
        if shape is None and not body:
            return
        document(shape, json.loads(body or '{}'), operation)
        return
    root = ElementTree.fromstring(body)
    if local(root) != f'{operation}Response':
        problems.append(f'{operation}: the response is {local(root)}')
    if protocol == 'ec2':
        for child in list(root):
            # EC2 also says whether it was done, which its reference has and its model leaves out.
            if local(child) == 'requestId' or (local(child) == 'return' and child.text == 'true'):
                root.remove(child)
        if shape is not None:
            xml(shape, root, operation)
        return
    result = [child for child in root if local(child) == f'{operation}Result']
    if shape is not None and shape.serialization.get('resultWrapper') and not result:
        problems.append(f'{operation}: there is no {operation}Result')
    for child in root:
        if local(child) not in (f'{operation}Result', 'ResponseMetadata'):
            problems.append(f'{operation}: {local(child)} beside the result')
    if shape is not None and result:
        xml(shape, result[0], operation)


session = botocore.session.get_session()
clients = {}


def client(service):
    if service not in clients:
        made = session.create_client(
            service, region_name='us-east-1', endpoint_url=GIVEN['endpoint'], aws_access_key_id='person', aws_secret_access_key='secret',
            config=botocore.config.Config(retries={'max_attempts': 0}))
        clients[service] = (made, session.get_service_model(service))
        made.meta.events.register(f'response-received.{made.meta.service_model.service_id.hyphenize()}', keep)
    return clients[service]


last = {}


def keep(response_dict=None, **kwargs):
    last['response'] = response_dict


def call(service, operation, **members):
    made, model = client(service)
    called.add(f'{service} {operation}')
    try:
        parsed = getattr(made, botocore.xform_name(operation))(**members)
    except botocore.exceptions.ClientError as error:
        problems.append(f'{operation}: {error}')
        return {}
    body = last['response']['body']
    check(model, operation, body.decode() if isinstance(body, bytes) else body)
    return parsed


def until(what, happens):
    for _ in range(600):
        found = happens()
        if found:
            return found
        time.sleep(0.05)
    problems.append(f'never: {what}')
    return None


def instances(state):
    group = call('autoscaling', 'DescribeAutoScalingGroups', AutoScalingGroupNames=['charlie'])['AutoScalingGroups'][0]
    return [one['InstanceId'] for one in group['Instances'] if one['LifecycleState'] == state]


def refresh():
    return call('autoscaling', 'DescribeInstanceRefreshes', AutoScalingGroupName='charlie')['InstanceRefreshes'][0]['Status']


def ec2():
    made = call('ec2', 'CreateLaunchTemplate', LaunchTemplateName='app', VersionDescription='first', LaunchTemplateData={
        'ImageId': 'ami-1', 'InstanceType': 't3.micro', 'UserData': 'eA==', 'EbsOptimized': False, 'SecurityGroupIds': ['sg-1'],
        'IamInstanceProfile': {'Name': 'profile'}, 'BlockDeviceMappings': [{'DeviceName': '/dev/xvda', 'Ebs': {'VolumeSize': 8, 'Encrypted': True}}],
        'NetworkInterfaces': [{'DeviceIndex': 0, 'Groups': ['sg-1'], 'AssociatePublicIpAddress': True}], 'Monitoring': {'Enabled': True},
        'TagSpecifications': [{'ResourceType': 'instance', 'Tags': [{'Key': 'charlie:image', 'Value': 'one'}]}],
        'MetadataOptions': {'HttpTokens': 'required', 'HttpPutResponseHopLimit': 1}},
        TagSpecifications=[{'ResourceType': 'launch-template', 'Tags': [{'Key': 'charlie:app', 'Value': 'app'}]}])
    template = made['LaunchTemplate']['LaunchTemplateId']
    call('ec2', 'CreateLaunchTemplateVersion', LaunchTemplateId=template, SourceVersion='1', LaunchTemplateData={'InstanceType': 't3.small'})
    call('ec2', 'CreateLaunchTemplateVersion', LaunchTemplateId=template, SourceVersion='1', LaunchTemplateData={'InstanceType': 't3.large'})
    call('ec2', 'DescribeLaunchTemplates', LaunchTemplateNames=['app'])
    call('ec2', 'DescribeLaunchTemplateVersions', LaunchTemplateId=template, Versions=['1', '$Latest'])
    call('ec2', 'ModifyLaunchTemplate', LaunchTemplateId=template, DefaultVersion='2')
    call('ec2', 'DeleteLaunchTemplateVersions', LaunchTemplateId=template, Versions=['3', '2', '9'])
    call('ec2', 'CreateTags', Resources=[template], Tags=[{'Key': 'a', 'Value': 'b'}])
    call('ec2', 'DescribeTags', Filters=[{'Name': 'resource-id', 'Values': [template]}])
    call('ec2', 'DeleteTags', Resources=[template], Tags=[{'Key': 'a'}])
    call('ec2', 'DescribeSubnets')
    call('ec2', 'DescribeVpcs')
    call('ec2', 'DescribeImages', Owners=['self'])
    return template


def addresses(instance):
    address = call('ec2', 'AllocateAddress', Domain='vpc', TagSpecifications=[
        {'ResourceType': 'elastic-ip', 'Tags': [{'Key': 'charlie:app', 'Value': 'app'}]}])
    call('ec2', 'CreateTags', Resources=[address['AllocationId']], Tags=[{'Key': 'a', 'Value': 'b'}])
    call('ec2', 'AssociateAddress', AllocationId=address['AllocationId'], InstanceId=instance)
    there = call('ec2', 'DescribeAddresses', PublicIps=[address['PublicIp']])['Addresses'][0]
    if [tag['Key'] for tag in there['Tags']] != ['a', 'charlie:app'] or there['InstanceId'] != instance:
        problems.append('DescribeAddresses does not show tags and instance')
    shown = call('ec2', 'DescribeInstances', InstanceIds=[instance])['Reservations'][0]['Instances'][0]
    if shown.get('PublicIpAddress') != address['PublicIp']:
        problems.append('DescribeInstances does not show the associated address')
    call('ec2', 'DisassociateAddress', AssociationId=there['AssociationId'])
    call('ec2', 'ReleaseAddress', AllocationId=address['AllocationId'])


def autoscaling(template):
    group = {'AutoScalingGroupName': 'charlie'}
    call('autoscaling', 'CreateAutoScalingGroup', **group, MinSize=0, MaxSize=3, DesiredCapacity=1, VPCZoneIdentifier='subnet-1,subnet-2',
         LaunchTemplate={'LaunchTemplateId': template, 'Version': '1'}, HealthCheckType='ELB', HealthCheckGracePeriod=10,
         TargetGroupARNs=['arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t/0123456789abcdef'], TerminationPolicies=['OldestInstance'],
         InstanceMaintenancePolicy={'MinHealthyPercentage': 0, 'MaxHealthyPercentage': 100}, Tags=[{'Key': 'Name', 'Value': 'charlie', 'PropagateAtLaunch': True}],
         LifecycleHookSpecificationList=[{'LifecycleHookName': 'launch', 'LifecycleTransition': 'autoscaling:EC2_INSTANCE_LAUNCHING', 'HeartbeatTimeout': 600}])
    first = until('held at launch', lambda: instances('Pending:Wait'))[0]
    call('autoscaling', 'RecordLifecycleActionHeartbeat', **group, LifecycleHookName='launch', InstanceId=first)
    call('autoscaling', 'CompleteLifecycleAction', **group, LifecycleHookName='launch', InstanceId=first, LifecycleActionResult='CONTINUE')
    until('in service', lambda: instances('InService'))
    call('autoscaling', 'PutLifecycleHook', **group, LifecycleHookName='end', LifecycleTransition='autoscaling:EC2_INSTANCE_TERMINATING')
    call('autoscaling', 'DescribeLifecycleHooks', **group)
    call('autoscaling', 'DeleteLifecycleHook', **group, LifecycleHookName='end')
    call('autoscaling', 'DeleteLifecycleHook', **group, LifecycleHookName='launch')
    call('autoscaling', 'DescribeAutoScalingInstances', InstanceIds=[first])
    call('autoscaling', 'SetInstanceProtection', **group, InstanceIds=[first], ProtectedFromScaleIn=True)
    call('autoscaling', 'SetInstanceHealth', InstanceId=first, HealthStatus='Healthy')
    call('ec2', 'DescribeInstanceStatus', IncludeAllInstances=True)
    call('ec2', 'RebootInstances', InstanceIds=[first])
    addresses(first)
    call('autoscaling', 'EnterStandby', **group, InstanceIds=[first], ShouldDecrementDesiredCapacity=True)
    until('in standby', lambda: instances('Standby'))
    call('autoscaling', 'ExitStandby', **group, InstanceIds=[first])
    until('in service again', lambda: instances('InService'))
    call('autoscaling', 'SetDesiredCapacity', **group, DesiredCapacity=2)
    call('autoscaling', 'CreateOrUpdateTags', Tags=[{
        'ResourceId': 'charlie', 'ResourceType': 'auto-scaling-group', 'Key': 'team', 'Value': 'bots', 'PropagateAtLaunch': False}])
    call('autoscaling', 'DescribeTags')
    call('autoscaling', 'DeleteTags', Tags=[{'ResourceId': 'charlie', 'ResourceType': 'auto-scaling-group', 'Key': 'team'}])
    arn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/u/0123456789abcdef'
    call('autoscaling', 'AttachLoadBalancerTargetGroups', **group, TargetGroupARNs=[arn])
    call('autoscaling', 'DescribeLoadBalancerTargetGroups', **group)
    call('autoscaling', 'DetachLoadBalancerTargetGroups', **group, TargetGroupARNs=[arn])
    call('autoscaling', 'DescribeTerminationPolicyTypes')
    later = datetime.datetime(2199, 1, 1, tzinfo=datetime.timezone.utc)
    call('autoscaling', 'PutScheduledUpdateGroupAction', **group, ScheduledActionName='close', Recurrence='0 18 * * 1-5', TimeZone='America/Sao_Paulo', MinSize=0, DesiredCapacity=0)
    call('autoscaling', 'BatchPutScheduledUpdateGroupAction', **group, ScheduledUpdateGroupActions=[
        {'ScheduledActionName': 'open', 'StartTime': later, 'MinSize': 1}, {'ScheduledActionName': 'wrong', 'Recurrence': 'x', 'MinSize': 1}])
    call('autoscaling', 'DescribeScheduledActions', **group)
    call('autoscaling', 'DeleteScheduledAction', **group, ScheduledActionName='open')
    call('autoscaling', 'BatchDeleteScheduledAction', **group, ScheduledActionNames=['close', 'none'])
    until('two in service', lambda: len(instances('InService')) == 2)
    call('autoscaling', 'DetachInstances', **group, InstanceIds=[first], ShouldDecrementDesiredCapacity=True)
    until('detached', lambda: first not in instances('InService') + instances('Detaching'))
    call('autoscaling', 'SuspendProcesses', **group, ScalingProcesses=['AZRebalance'])
    call('autoscaling', 'DescribeAutoScalingGroups')
    call('autoscaling', 'ResumeProcesses', **group)
    for end, warmup in (('CancelInstanceRefresh', 3600), ('RollbackInstanceRefresh', 2)):
        call('autoscaling', 'StartInstanceRefresh', **group, DesiredConfiguration={'LaunchTemplate': {'LaunchTemplateId': template, 'Version': '2'}},
             Preferences={'MinHealthyPercentage': 50, 'InstanceWarmup': warmup, 'BakeTime': 3600})
        until('a refresh', lambda: refresh() in ('InProgress', 'Baking'))
        call('autoscaling', end, **group)
        until('no refresh', lambda: refresh() in ('Cancelled', 'RollbackSuccessful'))
    call('autoscaling', 'UpdateAutoScalingGroup', **group, MaxSize=2, MixedInstancesPolicy={'LaunchTemplate': {
        'LaunchTemplateSpecification': {'LaunchTemplateId': template, 'Version': '1'}, 'Overrides': [{'InstanceType': 'c7i.large'}]}})
    call('autoscaling', 'DescribeAutoScalingGroups')
    goes = until('one in service', lambda: instances('InService'))[0]
    call('autoscaling', 'TerminateInstanceInAutoScalingGroup', InstanceId=goes, ShouldDecrementDesiredCapacity=False)
    call('autoscaling', 'DescribeScalingActivities', **group)
    call('autoscaling', 'DeleteAutoScalingGroup', **group, ForceDelete=True)
    call('autoscaling', 'DescribeScalingActivities', IncludeDeletedGroups=True)
    call('ec2', 'TerminateInstances', InstanceIds=[first])
    call('ec2', 'DescribeInstances')
    call('ec2', 'DeleteLaunchTemplate', LaunchTemplateId=template)


def events():
    call('events', 'CreateEventBus', Name='bus', Description='d')
    call('events', 'PutRule', Name='rule', EventBusName='bus', EventPattern='{"source":["s"]}', Description='d')
    call('events', 'PutRule', Name='sweep', ScheduleExpression='rate(1 minute)', State='DISABLED')
    call('events', 'PutTargets', Rule='rule', EventBusName='bus', Targets=[
        {'Id': 'a', 'Arn': 'arn:aws:sns:us-east-1:123456789012:topic', 'InputTransformer': {'InputPathsMap': {'a': '$.detail'}, 'InputTemplate': '"<a>"'},
         'RetryPolicy': {'MaximumRetryAttempts': 3, 'MaximumEventAgeInSeconds': 60}, 'DeadLetterConfig': {'Arn': 'arn:aws:sqs:us-east-1:123456789012:q'}}])
    call('events', 'ListTargetsByRule', Rule='rule', EventBusName='bus')
    call('events', 'DescribeRule', Name='rule', EventBusName='bus')
    call('events', 'ListRules')
    call('events', 'EnableRule', Name='sweep')
    call('events', 'DisableRule', Name='sweep')
    call('events', 'PutEvents', Entries=[
        {'Source': 's', 'DetailType': 't', 'Detail': '{}', 'EventBusName': 'bus', 'Resources': ['r'], 'Time': 1700000000}, {'Source': 's', 'DetailType': 't', 'Detail': '{'}])
    call('events', 'TestEventPattern', EventPattern='{"source":["s"]}', Event=json.dumps({
        'id': '1', 'account': '1', 'source': 's', 'time': '2026-11-22T14:00:00Z', 'region': 'r', 'resources': [], 'detail-type': 't'}))
    call('events', 'DescribeEventBus', Name='bus')
    call('events', 'ListEventBuses')
    http = {'HeaderParameters': [{'Key': 'X-One', 'Value': '1', 'IsValueSecret': True}],
            'QueryStringParameters': [{'Key': 'q', 'Value': '1'}], 'BodyParameters': [{'Key': 'b', 'Value': '1'}]}
    key = {'ApiKeyAuthParameters': {'ApiKeyName': 'Authorization', 'ApiKeyValue': 'Bearer x'}, 'InvocationHttpParameters': http}
    connection = call('events', 'CreateConnection', Name='con', AuthorizationType='API_KEY', AuthParameters=key, Description='d')['ConnectionArn']
    call('events', 'UpdateConnection', Name='con', AuthorizationType='BASIC', AuthParameters={'BasicAuthParameters': {'Username': 'u', 'Password': 'p'}})
    call('events', 'DescribeConnection', Name='con')
    call('events', 'ListConnections', NamePrefix='c', ConnectionState='AUTHORIZED', Limit=5)
    destination = call('events', 'CreateApiDestination', Name='api', ConnectionArn=connection, Description='d',
        InvocationEndpoint='https://api.example.com/*', HttpMethod='POST', InvocationRateLimitPerSecond=1)['ApiDestinationArn']
    call('events', 'UpdateApiDestination', Name='api', HttpMethod='PUT')
    call('events', 'DescribeApiDestination', Name='api')
    call('events', 'ListApiDestinations', ConnectionArn=connection, NamePrefix='a')
    call('events', 'PutTargets', Rule='rule', EventBusName='bus', Targets=[
        {'Id': 'b', 'Arn': destination, 'RoleArn': 'arn:aws:iam::123456789012:role/post', 'HttpParameters': {
            'PathParameterValues': ['x'], 'HeaderParameters': {'X-Two': '2'}, 'QueryStringParameters': {'p': '1'}}}])
    call('events', 'ListTargetsByRule', Rule='rule', EventBusName='bus')
    call('events', 'DeauthorizeConnection', Name='con')
    call('events', 'DeleteApiDestination', Name='api')
    call('events', 'DeleteConnection', Name='con')
    call('events', 'RemoveTargets', Rule='rule', EventBusName='bus', Ids=['a', 'b'])
    call('events', 'DeleteRule', Name='rule', EventBusName='bus')
    call('events', 'DeleteEventBus', Name='bus')


def stacks():
    bucket = '{"Resources": {"Files": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "files"}}}}'
    made = call('cloudformation', 'CreateChangeSet', StackName='files', ChangeSetName='first', ChangeSetType='CREATE', TemplateBody=bucket,
                Capabilities=['CAPABILITY_IAM'], Tags=[{'Key': 'team', 'Value': 'bots'}], Description='d')
    call('cloudformation', 'DescribeChangeSet', ChangeSetName=made['Id'])
    call('cloudformation', 'ExecuteChangeSet', ChangeSetName=made['Id'], DisableRollback=False)
    call('cloudformation', 'GetTemplateSummary', StackName='files')
    if call('cloudformation', 'DescribeStacks', StackName='files')['Stacks'][0]['StackStatus'] != 'CREATE_COMPLETE':
        problems.append('the stack files is not made')
    objects, _ = client('s3')
    objects.put_object(Bucket='files', Key='a/b', Body=b'text')
    if objects.get_object(Bucket='files', Key='a/b')['Body'].read() != b'text' or objects.head_object(Bucket='files', Key='a/b')['ContentLength'] != 4:
        problems.append('an object is not read as it was put')
    if [one['Key'] for one in objects.list_objects_v2(Bucket='files', Prefix='a/')['Contents']] != ['a/b']:
        problems.append('a bucket does not list its object')
    objects.delete_object(Bucket='files', Key='a/b')
    call('cloudformation', 'DeleteStack', StackName='files')


def others():
    topic = call('sns', 'CreateTopic', Name='topic', Attributes={'DisplayName': 'Alerts'})['TopicArn']
    call('sns', 'Subscribe', TopicArn=topic, Protocol='email', Endpoint='a@example.com')
    call('sns', 'ListSubscriptionsByTopic', TopicArn=topic)
    call('sns', 'Publish', TopicArn=topic, Message='m', Subject='s', MessageAttributes={'severity': {'DataType': 'String', 'StringValue': 'act'}})
    call('sns', 'GetTopicAttributes', TopicArn=topic)
    call('sns', 'ListTopics')
    call('sns', 'DeleteTopic', TopicArn=topic)
    call('sts', 'GetCallerIdentity')
    call('sts', 'AssumeRoleWithWebIdentity', RoleArn='arn:aws:iam::123456789012:role/ci', RoleSessionName='job', WebIdentityToken='token')
    call('sqs', 'GetQueueAttributes', QueueUrl='https://sqs.us-east-1.amazonaws.com/123456789012/queue', AttributeNames=['All'])
    call('events', 'PutRule', Name='keep', EventPattern='{"source":["s"]}')
    call('events', 'PutTargets', Rule='keep', Targets=[{'Id': 'l', 'Arn': 'arn:aws:logs:us-east-1:123456789012:log-group:reports'}])
    call('events', 'PutEvents', Entries=[{'Source': 's', 'DetailType': 't', 'Detail': '{}'}])
    time.sleep(1)
    call('logs', 'FilterLogEvents', logGroupName='reports', filterPattern='{ $.source = "s" }', startTime=1, endTime=9999999999999, limit=5)
    call('ssm', 'PutParameter', Name='/app/a', Type='SecureString', Value='x')
    call('ssm', 'GetParameter', Name='/app/a', WithDecryption=True)
    stack = json.dumps({'name': 'app', 'outputs': {'Bus': 'bus'}, 'parameters': {'App': 'app'}}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{GIVEN['endpoint'].rstrip('/')}/_sandbox/stacks", stack, method='PUT')).close()
    call('cloudformation', 'DescribeStacks', StackName='app')
    stacks()
    call('secretsmanager', 'CreateSecret', Name='app/login', SecretString='x', Tags=[{'Key': 'of', 'Value': 'app'}, {'Key': 'for', 'Value': 'a day'}])
    call('secretsmanager', 'TagResource', SecretId='app/login', Tags=[{'Key': 'of', 'Value': 'bot'}])
    call('secretsmanager', 'UntagResource', SecretId='app/login', TagKeys=['for'])
    call('secretsmanager', 'PutSecretValue', SecretId='app/login', SecretString='y')
    call('secretsmanager', 'GetSecretValue', SecretId='app/login')
    if call('secretsmanager', 'DescribeSecret', SecretId='app/login')['Tags'] != [{'Key': 'of', 'Value': 'bot'}]:
        problems.append('a secret does not show its tags')
    machines = 'arn:aws:iam::123456789012:role/machines'
    policy = {'Statement': [{'Effect': 'Allow', 'Action': 'secretsmanager:GetSecretValue', 'Resource': '*'}]}
    role = json.dumps({'role': machines, 'policy': policy}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{GIVEN['endpoint'].rstrip('/')}/_sandbox/roles", role, method='PUT')).close()
    call('iam', 'ListOpenIDConnectProviders')
    call('iam', 'SimulatePrincipalPolicy', PolicySourceArn=machines, ActionNames=['secretsmanager:GetSecretValue'], ResourceArns=['*'])


autoscaling(ec2())
events()
others()
problems += [f'{one} was not called' for one in GIVEN['played'] if one not in called]
print('\n'.join(dict.fromkeys(problems)))
