"""Publishes what a rule delivered as a mail: the word, the release and the report's own sentence."""

import os

import boto3
from botocore.config import Config

MAX_SUBJECT = 100
WORDS = {
    "RolledBack": "ROLLED BACK", "AllClear": "ALL CLEAR", "OldBase": "OLD BASE", "AlreadyCurrent": "STARTED",
}


class Notify:
    def __init__(self, settings, log):
        self.settings, self.log = settings, log
        self.topic = os.environ["CHARLIE_TOPIC"]
        self.sns = boto3.client("sns", region_name=self.topic.split(":")[3], config=Config(retries={"mode": "standard"}))

    def handle(self, event, context):
        subject, body = self.write(event)
        self.sns.publish(TopicArn=self.topic, Subject=subject, Message=body)
        self.log("Published an alert", subject=subject)
        return None

    def write(self, event):
        result = event["detail"]["responsePayload"]
        if "outcome" not in result:
            request = event["detail"]["requestPayload"].get("detail-type", "an event")
            return f"[{self.settings.app}] FUNCTION FAILED: {request}", f"{request} failed.\n\nWhy: {result.get('errorMessage')}\n"
        word = WORDS.get(result["outcome"], result["outcome"].upper())
        named = " ".join(part for part in (word, result.get("release")) if part)
        subject = f"[{result['app']}] {named}".encode("ascii", "replace").decode()[:MAX_SUBJECT]
        facts = (("Why", result.get("reason")), ("Pipeline", result.get("pipelineUrl")), ("Commit", result.get("commit")))
        return subject, "\n".join([result["summary"], "", *(f"{label}: {fact}" for label, fact in facts if fact)])
