namespace Charlie.Sandbox.Tests.Template;

/// <summary>A template with one of everything that the sandbox makes.</summary>
internal static class Templates
{
    public static readonly Dictionary<string, string> Values = new() { ["App"] = "charlie", ["SubnetIds"] = "subnet-1, subnet-2" };

    public const string Whole = """
        AWSTemplateFormatVersion: "2010-09-09"
        Transform: AWS::Serverless-2016-10-31

        Parameters:
          App:
            Type: String
            AllowedPattern: ^[a-z]+$
            MaxLength: 10
            ConstraintDescription: Lower-case letters.
          Port:
            Type: Number
            Default: 80
            MinValue: 1
            MaxValue: 65535
          Mode:
            Type: String
            Default: one
            AllowedValues: [one, two]
          SubnetIds:
            Type: List<AWS::EC2::Subnet::Id>
          Email:
            Type: String
            Default: ""
          Secret:
            Type: String
            Default: none
            NoEcho: true
            MinLength: 2

        Rules:
          ModeFitsPort:
            RuleCondition: !Equals [!Ref Mode, two]
            Assertions:
              - Assert: !Not [!Equals [!Ref Port, "80"]]
                AssertDescription: Mode two needs another port than 80.
          OfTheAccount:
            Assertions:
              - Assert:
                  Fn::EachMemberEquals: [{ Fn::ValueOfAll: [AWS::EC2::Subnet::Id, VpcId] }, vpc-1]
        Mappings:
          Sizes: { one: { memory: "256" }, two: { memory: "512" } }

        Conditions:
          HasEmail: !Not [!Equals [!Ref Email, ""]]
          IsTwo: !And [!Equals [!Ref Mode, two], !Or [{ Condition: HasEmail }, !Equals [a, a]]]

        Globals:
          Function:
            Runtime: provided.al2023
            Timeout: 60
            MemorySize: { Fn::FindInMap: [Sizes, !Ref Mode, memory] }
            Environment: { Variables: { CHARLIE_APP: !Ref App, CHARLIE_PORT: !Ref Port } }

        Resources:
          EventBus:
            Type: AWS::Events::EventBus
            Properties: { Name: charlie }
          BusPolicy:
            Type: AWS::Events::EventBusPolicy
            DependsOn: EventBus
            Properties:
              EventBusName: !Ref EventBus
              StatementId: DenyOthers
              Statement:
                Effect: Deny
                Principal: "*"
                Action: events:PutEvents
                Resource: !GetAtt EventBus.Arn
          Refresh:
            Type: AWS::Serverless::Function
            Properties:
              Handler: Refresh
              CodeUri: "."
              LoggingConfig: { LogFormat: JSON, LogGroup: !Ref RefreshLogs }
              Policies:
                - Statement:
                    - !If [HasEmail, { Sid: A }, !Ref AWS::NoValue]
              Environment:
                Variables:
                  CHARLIE_BUS: !Sub
                    - ${EventBus}/${EventBus.Arn}/${Tail}/${!Kept}/${AWS::Region}
                    - { Tail: !Ref Mode }
              EventInvokeConfig:
                MaximumRetryAttempts: 1
                MaximumEventAgeInSeconds: 3600
                DestinationConfig:
                  OnSuccess: { Type: EventBridge, Destination: { Fn::GetAtt: EventBus.Arn } }
                  OnFailure: { Type: EventBridge, Destination: !GetAtt EventBus.Arn }
              DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt DeadLetterQueue.Arn }
              Events:
                ImagePushed:
                  Type: EventBridgeRule
                  Properties:
                    EventBusName: !Ref EventBus
                    Pattern: { source: [charlie.ci], detail-type: [Image Pushed], detail: { app: [!Ref App] } }
                    RetryPolicy: { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 60 }
                    DeadLetterConfig: { Arn: !GetAtt DeadLetterQueue.Arn }
                Sweep:
                  Type: Schedule
                  Properties: { Name: !Sub "${AWS::StackName}-sweep", Schedule: rate(1 minute) }
          Lifecycle:
            Type: AWS::Serverless::Function
            Properties:
              Handler: Lifecycle
              Timeout: 900
              Role: !GetAtt Role.Arn
              VpcConfig: { SubnetIds: !Ref SubnetIds, SecurityGroupIds: [!GetAtt Group.GroupId] }
              Environment:
                Variables:
                  CHARLIE_PORT: "8080"
                  FIRST_SUBNET: !Select [0, !Ref SubnetIds]
                  JOINED: !Join ["-", !Split [",", "a,b"]]
              Events:
                Launch:
                  Type: EventBridgeRule
                  Properties:
                    Pattern: { source: [aws.autoscaling] }
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument: {  }
          Group:
            Type: AWS::EC2::SecurityGroup
            Properties: { GroupDescription: d }
          RefreshLogs:
            Type: AWS::Logs::LogGroup
            Properties: { RetentionInDays: 30 }
          DeadLetterQueue:
            Type: AWS::SQS::Queue
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref DeadLetterQueue]
              PolicyDocument:
                Condition:
                  ArnEquals: { "aws:SourceArn": [!GetAtt RefreshImagePushed.Arn, !GetAtt RefreshRole.Arn] }
          Alerts:
            Type: AWS::SNS::Topic
            Properties: { DisplayName: Alerts }
          AlertsPolicy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [!Ref Alerts]
              PolicyDocument: {  }
          Mail:
            Type: AWS::SNS::Subscription
            Condition: HasEmail
            Properties:
              TopicArn: !Ref Alerts
              Protocol: email
              Endpoint: !Ref Email
          Alarm:
            Type: AWS::CloudWatch::Alarm
            Properties:
              AlarmActions: [!Ref Alerts]
              Dimensions: [{ Name: QueueName, Value: !GetAtt DeadLetterQueue.QueueName }]
          Permission:
            Type: AWS::Lambda::Permission
            Properties: { FunctionName: !Ref Refresh }
          StartedAlert:
            Type: AWS::Events::Rule
            Properties:
              EventBusName: !Ref EventBus
              EventPattern:
                source: [lambda]
                detail:
                  responsePayload: { outcome: [Started] }
                  requestContext: { functionArn: [!Sub "${Refresh.Arn}:$LATEST"] }
              Targets:
                - Id: Alert
                  Arn: !Ref Alerts
                  InputTransformer:
                    InputPathsMap:
                      summary: $.detail.responsePayload.summary
                    InputTemplate: "\"<summary>\""

        Outputs:
          BusArn:
            Value: !GetAtt EventBus.Arn
          Mail:
            Condition: HasEmail
            Value: !Ref Mail
        """;
}
