"""The calls, through boto3; reads that do not wait for one another go out together."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from records import Records, Version, parse_instant, write_instant

CONFIG = Config(retries={"mode": "standard"})
IN_SERVICE_AT = "charlie:in-service-at"
APP_STARTED_AT = "charlie:app-started-at"


class Details(NamedTuple):
    """What EC2 knows of an instance."""

    address: str | None = None
    launched_at: datetime | None = None
    in_service_at: datetime | None = None
    has_run_app: bool = False


@dataclass(frozen=True)
class Instance:
    id: str
    state: str
    version: int | None

    @property
    def in_service(self):
        return self.state == "InService"

    @property
    def waits_at_launch(self):
        return self.state == "Pending:Wait"

    @property
    def pending(self):
        return self.state.startswith("Pending")


@dataclass(frozen=True)
class Group:
    name: str
    desired: int
    pin: int | None
    instances: tuple
    raw: dict


class Aws:
    def __init__(self, settings):
        self.settings = settings
        self.ec2 = boto3.client("ec2", config=CONFIG)
        self.autoscaling = boto3.client("autoscaling", config=CONFIG)
        self.pool = ThreadPoolExecutor(3)

    def read_all(self):
        group, versions, tags = (self.pool.submit(read) for read in (self.group, self.versions, self.tags))
        return Records.read(versions.result(), tags.result()), group.result()

    def records(self):
        versions, tags = (self.pool.submit(read) for read in (self.versions, self.tags))
        return Records.read(versions.result(), tags.result())

    def group(self):
        groups = self.autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[self.settings.group])["AutoScalingGroups"]
        if not groups:
            raise LookupError(f"There is no Auto Scaling group '{self.settings.group}': check CHARLIE_GROUP.")
        group = groups[0]
        template = group.get("LaunchTemplate", {})
        if "MixedInstancesPolicy" not in group and template.get("LaunchTemplateId") != self.settings.template:
            raise LookupError(f"Auto Scaling group '{self.settings.group}' does not launch from {self.settings.template}: check CHARLIE_LAUNCH_TEMPLATE.")
        return Group(
            self.settings.group, group["DesiredCapacity"], number(template.get("Version")),
            tuple(
                Instance(
                    one["InstanceId"], one["LifecycleState"],
                    number(one["LaunchTemplate"]["Version"])
                    if one.get("LaunchTemplate", {}).get("LaunchTemplateId") == self.settings.template else None,
                )
                for one in group["Instances"]
            ),
            group,
        )

    def versions(self):
        pages = self.ec2.get_paginator("describe_launch_template_versions").paginate(
            LaunchTemplateId=self.settings.template, PaginationConfig={"PageSize": 200})
        return [
            Version.read(version["VersionNumber"], instance_tags(version["LaunchTemplateData"]))
            for page in pages for version in page["LaunchTemplateVersions"]
        ]

    def tags(self):
        template = self.ec2.describe_launch_templates(LaunchTemplateIds=[self.settings.template])["LaunchTemplates"][0]
        return {tag["Key"]: tag["Value"] for tag in template.get("Tags", [])}

    def details(self, ids):
        pages = self.ec2.get_paginator("describe_instances").paginate(Filters=[{"Name": "instance-id", "Values": list(ids)}])
        found = {}
        for one in (one for page in pages for reservation in page["Reservations"] for one in reservation["Instances"]):
            tags = {tag["Key"]: tag["Value"] for tag in one.get("Tags", [])}
            found[one["InstanceId"]] = Details(
                one.get("PrivateIpAddress"), one.get("LaunchTime"), parse_instant(tags.get(IN_SERVICE_AT)), APP_STARTED_AT in tags)
        return found

    def last_activity(self):
        activities = self.autoscaling.describe_scaling_activities(AutoScalingGroupName=self.settings.group, MaxRecords=1)["Activities"]
        return activities[0].get("StatusMessage") or activities[0].get("Description") if activities else None

    def create_version(self, release, tags, base):
        """The version; None where another run made it, of a push that differs in its time."""
        merged = base.tags | tags | {"charlie:base": str(base.number)}
        text = f"{release}\n{tags['charlie:image']}\n{base.number}"
        response = unless("IdempotentParameterMismatch", lambda: self.ec2.create_launch_template_version(
            LaunchTemplateId=self.settings.template, SourceVersion=str(base.number), VersionDescription=f"release {release}",
            ClientToken=hashlib.sha256(text.encode()).hexdigest(),
            LaunchTemplateData={"TagSpecifications": [
                {"ResourceType": "instance", "Tags": [{"Key": key, "Value": value} for key, value in sorted(merged.items())]}]},
        ))
        return Version.read(response["LaunchTemplateVersion"]["VersionNumber"], merged) if response else None

    def write_tag(self, tag):
        self.ec2.create_tags(Resources=[self.settings.template], Tags=[{"Key": tag.key, "Value": tag.value}])

    def delete_tag(self, tag):
        self.ec2.delete_tags(Resources=[self.settings.template], Tags=[{"Key": tag.key}])

    def record_in_service(self, instance, at):
        self.ec2.create_tags(Resources=[instance], Tags=[{"Key": IN_SERVICE_AT, "Value": write_instant(at)}])

    def pin(self, version):
        self.autoscaling.update_auto_scaling_group(
            AutoScalingGroupName=self.settings.group,
            LaunchTemplate={"LaunchTemplateId": self.settings.template, "Version": str(version)})

    def terminate(self, instance):
        """False when it is being terminated already."""
        return unless("ScalingActivityInProgress", lambda: self.autoscaling.terminate_instance_in_auto_scaling_group(
            InstanceId=instance, ShouldDecrementDesiredCapacity=False)) is not None

    def complete(self, instance, result):
        """False when its launch hook was completed already, or its time is over."""
        return unless("ValidationError", lambda: self.autoscaling.complete_lifecycle_action(
            AutoScalingGroupName=self.settings.group, LifecycleHookName=self.settings.hook,
            InstanceId=instance, LifecycleActionResult=result), "No active Lifecycle Action found") is not None


def unless(code, call, message=""):
    """The response; None where another writer was first."""
    try:
        return call()
    except ClientError as error:
        if error.response["Error"]["Code"] == code and error.response["Error"]["Message"].startswith(message):
            return None
        raise


def number(text):
    return int(text) if text and text.isdigit() else None


def instance_tags(data):
    for specification in data.get("TagSpecifications", []):
        if specification["ResourceType"] == "instance":
            return {tag["Key"]: tag["Value"] for tag in specification["Tags"]}
    return {}
