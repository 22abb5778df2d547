namespace Amazon.AutoScaling.Model;

public partial class LifecycleHook
{
    public string AutoScalingGroupName { get; set; }

    public string DefaultResult { get; set; }

    /// <summary>Seconds that an instance may wait in all: the lesser of 48 hours and 100 heartbeat timeouts.</summary>
    public int? GlobalTimeout { get; set; }

    /// <summary>Seconds.</summary>
    public int? HeartbeatTimeout { get; set; }

    public string LifecycleHookName { get; set; }

    public string LifecycleTransition { get; set; }

    public string NotificationMetadata { get; set; }

    public string NotificationTargetARN { get; set; }

    public string RoleARN { get; set; }
}

public partial class LifecycleHookSpecification
{
    public string DefaultResult { get; set; }

    /// <summary>Seconds, 30 to 7200.</summary>
    public int? HeartbeatTimeout { get; set; }

    public string LifecycleHookName { get; set; }

    public string LifecycleTransition { get; set; }

    public string NotificationMetadata { get; set; }

    public string NotificationTargetARN { get; set; }

    public string RoleARN { get; set; }
}
