namespace Charlie.Lambdas.Events;

/// <summary>
/// Knows the events by source and detail-type. Whatever comes in becomes an <see cref="InboundEvent"/>; nothing is thrown.
/// </summary>
internal sealed class EventParser(AllowedOrigin allowed, TimeProvider time)
{
    public InboundEvent Parse(EventEnvelope envelope)
    {
        try
        {
            return Read(envelope);
        }
        catch (InvalidEventException invalid)
        {
            return new InvalidEvent(envelope.DetailType, invalid.Message);
        }
    }

    private InboundEvent Read(EventEnvelope envelope) => (envelope.Source, envelope.DetailType) switch
    {
        (ImagePushed.Source, ImagePushed.DetailType) => ImagePushed.Read(envelope, allowed, time.GetUtcNow()),
        (OperatorRequest.Source, RollbackRequested.DetailType) => RollbackRequested.Read(envelope, allowed, time.GetUtcNow()),
        (OperatorRequest.Source, HoldRequested.DetailType) => HoldRequested.Read(envelope, allowed, time.GetUtcNow()),
        (OperatorRequest.Source, ResumeRequested.DetailType) => ResumeRequested.Read(envelope, allowed, time.GetUtcNow()),
        (OperatorRequest.Source, RestartRequested.DetailType) => RestartRequested.Read(envelope, allowed, time.GetUtcNow()),
        (OperatorRequest.Source, StopRequested.DetailType) => StopRequested.Read(envelope, allowed, time.GetUtcNow()),
        (OperatorRequest.Source, StartRequested.DetailType) => StartRequested.Read(envelope, allowed, time.GetUtcNow()),
        (InstanceLaunchHook.Source, InstanceLaunchHook.DetailType) => InstanceLaunchHook.Read(envelope),
        (InstanceRefreshEnded.Source, _) when InstanceRefreshEnded.IsDetailType(envelope.DetailType) => InstanceRefreshEnded.Read(envelope),
        (AlarmFired.Source, AlarmFired.DetailType) => AlarmFired.Read(envelope, time.GetUtcNow()),
        (ReportDelivered.Source, ReportDelivered.DetailType) => ReportDelivered.Read(envelope),
        (InvocationFailed.Source, InvocationFailed.DetailType) => InvocationFailed.Read(envelope, time.GetUtcNow()),
        ("aws.events", "Scheduled Event") => new ScheduledSweep(),
        _ => new UnknownEvent(envelope.Source, envelope.DetailType),
    };
}
