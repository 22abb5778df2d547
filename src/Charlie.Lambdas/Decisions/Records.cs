using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// All that Charlie remembers: the launch template's versions and its record tags. Everything else is worked out from
/// them each time.
/// </summary>
/// <param name="Unreadable">Keys with a prefix of Charlie's whose value cannot be read; they are ignored and logged.</param>
internal sealed record Records(
    ImmutableArray<ReleaseVersion> Versions,
    ImmutableArray<Confirmation> Confirmations,
    ImmutableArray<Rejection> Rejections,
    ImmutableArray<string> Unreadable)
{
    public ImmutableArray<ReportedOutcome> Reported { get; init; } = [];

    public ImmutableArray<Attempts> Attempts { get; init; } = [];

    public ImmutableArray<Replacement> Replacements { get; init; } = [];

    public ImmutableArray<Hold> Holds { get; init; } = [];

    public ImmutableArray<Resume> Resumes { get; init; } = [];

    public Restart? Restart { get; init; }

    public Stopped? Stopped { get; init; }

    public Started? Started { get; init; }

    public Handover? Handover { get; init; }

    public ImmutableArray<RequestDone> RequestsDone { get; init; } = [];

    /// <summary>The restart of which an older instance may be left; <c>null</c> without one.</summary>
    public Restart? OpenRestart => Restart is { } restart && !IsDone(RequestDone.Restart, restart.At) ? restart : null;

    /// <summary>The start after which a late call of the stop may still land; <c>null</c> without one.</summary>
    public Started? OpenStart => Started is { } started && !IsDone(RequestDone.Start, started.At) ? started : null;

    /// <summary>The handover that has not ended; <c>null</c> without one.</summary>
    public Handover? OpenHandover => Handover is { } handover && !IsDone(RequestDone.Handover, handover.At) ? handover : null;

    /// <summary>Whether an operator has taken the app out of service.</summary>
    public bool IsStopped => Stopped is { } stopped && !(Started?.At >= stopped.At);

    /// <summary>When they were read: what ends by itself is judged by it.</summary>
    public DateTimeOffset ReadAt { get; init; }

    /// <summary>Since when the app is down; <c>null</c> where that was never recorded.</summary>
    public DownSince? Down { get; init; }

    /// <summary>All tags of the template, those of others too: EC2 allows 50.</summary>
    public int TagCount { get; init; }

    /// <summary>The template's default version; EC2 never deletes it.</summary>
    public long? DefaultVersion { get; init; }

    /// <summary>The rejection in effect: the greatest <c>through</c>, then the least <c>fallback</c>; <c>null</c> without one.</summary>
    public Rejection? EffectiveRejection
    {
        get
        {
            Rejection? effective = null;
            foreach (var rejection in Rejections)
            {
                if (effective is null
                    || rejection.Through > effective.Through
                    || (rejection.Through == effective.Through && rejection.Fallback < effective.Fallback))
                {
                    effective = rejection;
                }
            }

            return effective;
        }
    }

    /// <summary>The hold that counts, of several the one of the least release; <c>null</c> where deployments are not held.</summary>
    public Hold? HoldInForce => Holds.Where(IsInForce).MinBy(hold => hold.Release);

    public DateTimeOffset? NewestRejectionAt => Rejections.IsEmpty ? null : Rejections.Max(rejection => rejection.At);

    public ReleaseVersion? NewestBase => Versions.Where(version => version.IsBase).MaxBy(version => version.Number);

    public static Records Read(IEnumerable<ReleaseVersion> versions, IEnumerable<KeyValuePair<string, string>> tags)
    {
        var confirmations = ImmutableArray.CreateBuilder<Confirmation>();
        var rejections = ImmutableArray.CreateBuilder<Rejection>();
        var reported = ImmutableArray.CreateBuilder<ReportedOutcome>();
        var attempts = ImmutableArray.CreateBuilder<Attempts>();
        var replacements = ImmutableArray.CreateBuilder<Replacement>();
        var holds = ImmutableArray.CreateBuilder<Hold>();
        var resumes = ImmutableArray.CreateBuilder<Resume>();
        var done = ImmutableArray.CreateBuilder<RequestDone>();
        var unreadable = ImmutableArray.CreateBuilder<string>();
        DownSince? down = null;
        Restart? restart = null;
        Stopped? stopped = null;
        Started? started = null;
        Handover? handover = null;
        var count = 0;
        foreach (var (key, value) in tags)
        {
            count++;
            if (key.StartsWith(Confirmation.Prefix, StringComparison.Ordinal))
            {
                Add(Confirmation.Read(key, value), confirmations, key);
            }
            else if (key.StartsWith(Rejection.Prefix, StringComparison.Ordinal))
            {
                Add(Rejection.Read(key, value), rejections, key);
            }
            else if (key.StartsWith(ReportedOutcome.Prefix, StringComparison.Ordinal))
            {
                Add(ReportedOutcome.Read(key, value), reported, key);
            }
            else if (key.StartsWith(Decisions.Attempts.Prefix, StringComparison.Ordinal))
            {
                Add(Decisions.Attempts.Read(key, value), attempts, key);
            }
            else if (key.StartsWith(Replacement.Prefix, StringComparison.Ordinal))
            {
                Add(Replacement.Read(key, value), replacements, key);
            }
            else if (key.StartsWith(Hold.Prefix, StringComparison.Ordinal))
            {
                Add(Hold.Read(key, value), holds, key);
            }
            else if (key.StartsWith(Resume.Prefix, StringComparison.Ordinal))
            {
                Add(Resume.Read(key, value), resumes, key);
            }
            else if (key.StartsWith(RequestDone.Prefix, StringComparison.Ordinal))
            {
                Add(RequestDone.Read(key, value), done, key);
            }
            else if (key == DownSince.TagKey && (down = DownSince.Read(value)) is null
                || key == Restart.TagKey && (restart = Restart.Read(value)) is null
                || key == Stopped.TagKey && (stopped = Stopped.Read(value)) is null
                || key == Started.TagKey && (started = Started.Read(value)) is null
                || key == Handover.TagKey && (handover = Handover.Read(value)) is null)
            {
                unreadable.Add(key);
            }
        }

        return new Records([.. versions], confirmations.ToImmutable(), rejections.ToImmutable(), unreadable.ToImmutable())
        {
            Reported = reported.ToImmutable(),
            Attempts = attempts.ToImmutable(),
            Replacements = replacements.ToImmutable(),
            Holds = holds.ToImmutable(),
            Resumes = resumes.ToImmutable(),
            RequestsDone = done.ToImmutable(),
            Down = down,
            Restart = restart,
            Stopped = stopped,
            Started = started,
            Handover = handover,
            TagCount = count,
        };

        void Add<T>(T? tag, ImmutableArray<T>.Builder tags, string key)
            where T : class
        {
            if (tag is null)
            {
                unreadable.Add(key);
            }
            else
            {
                tags.Add(tag);
            }
        }
    }

    /// <summary>The records after a write that the next read may not show yet.</summary>
    public Records With(ReleaseVersion version) => this with { Versions = Versions.Add(version) };

    /// <inheritdoc cref="With(ReleaseVersion)"/>
    public Records With(IRecordTag tag) => tag switch
    {
        Confirmation confirmation => Counted(Confirmations, confirmation) with { Confirmations = Put(Confirmations, confirmation) },
        Rejection rejection => Counted(Rejections, rejection) with { Rejections = Put(Rejections, rejection) },
        ReportedOutcome reported => Counted(Reported, reported) with { Reported = Put(Reported, reported) },
        Attempts attempts => Counted(Attempts, attempts) with { Attempts = Put(Attempts, attempts) },
        Replacement replacement => Counted(Replacements, replacement) with { Replacements = Put(Replacements, replacement) },
        Hold hold => Counted(Holds, hold) with { Holds = Put(Holds, hold) },
        Resume resume => Counted(Resumes, resume) with { Resumes = Put(Resumes, resume) },
        RequestDone done => Counted(RequestsDone, done) with { RequestsDone = Put(RequestsDone, done) },
        DownSince down => Counted(Down) with { Down = down },
        Restart restart => Counted(Restart) with { Restart = restart },
        Stopped stopped => Counted(Stopped) with { Stopped = stopped },
        Started started => Counted(Started) with { Started = started },
        Handover handover => Counted(Handover) with { Handover = handover },
        _ => throw new ArgumentOutOfRangeException(nameof(tag), tag, "Not a record tag."),
    };

    public ReleaseVersion? Version(long? number) => Versions.FirstOrDefault(version => version.Number == number);

    public bool HasVersion(Release release) => Versions.Any(version => version.Release == release);

    /// <summary>The version of a release: the one it was confirmed with, else its newest.</summary>
    public ReleaseVersion? VersionOf(Release release)
    {
        var confirmed = Version(ConfirmationOf(release)?.Version);
        return confirmed?.Release == release
            ? confirmed
            : Versions.Where(version => version.Release == release).MaxBy(version => version.Number);
    }

    /// <summary>The confirmation of a release, if it counts: <see cref="IsOverruled"/>.</summary>
    public Confirmation? ConfirmationOf(Release release) =>
        Confirmations.FirstOrDefault(tag => tag.Release == release && !IsOverruled(tag));

    public Attempts? AttemptsOf(Release release) => Attempts.FirstOrDefault(tag => tag.Release == release);

    public Replacement? ReplacementOf(Release release) => Replacements.FirstOrDefault(tag => tag.Release == release);

    public Hold? HoldOf(Holder holder) => Holds.FirstOrDefault(tag => tag.Holder == holder);

    public Resume? ResumeOf(Holder holder) => Resumes.FirstOrDefault(tag => tag.Holder == holder);

    /// <summary>Whether neither its own end nor its holder's resume has ended a hold.</summary>
    public bool IsInForce(Hold hold) =>
        !hold.HasEnded(ReadAt) && !(ResumeOf(hold.Holder) is { } resume && resume.From >= hold.From);

    /// <summary>When the last hold ended that kept a release back; <c>null</c> where none did.</summary>
    public DateTimeOffset? HeldUntil(Release release)
    {
        DateTimeOffset? last = null;
        foreach (var hold in Holds)
        {
            var end = ResumeOf(hold.Holder) is { } resume && resume.From >= hold.From && !(hold.Until < resume.From)
                ? resume.From
                : hold.Until;
            if (hold.Release < release && end <= ReadAt && !(end <= last))
            {
                last = end;
            }
        }

        return last;
    }

    /// <summary>The records without some of their tags.</summary>
    public Records Without(ImmutableArray<string> keys) => this with
    {
        Confirmations = [.. Confirmations.Where(tag => !keys.Contains(tag.Key))],
        Rejections = [.. Rejections.Where(tag => !keys.Contains(tag.Key))],
        Reported = [.. Reported.Where(tag => !keys.Contains(tag.Key))],
        Attempts = [.. Attempts.Where(tag => !keys.Contains(tag.Key))],
        Replacements = [.. Replacements.Where(tag => !keys.Contains(tag.Key))],
        Holds = [.. Holds.Where(tag => !keys.Contains(tag.Key))],
        TagCount = TagCount - keys.Length,
    };

    public bool IsConfirmed(Release release) => ConfirmationOf(release) is not null;

    /// <summary>
    /// Whether an older rejection covers a confirmation's release: the run that confirmed it had read the records before the
    /// rejection was written. A rejection between the two that names the release as its fallback asked for it again.
    /// </summary>
    public bool IsOverruled(Confirmation confirmation) =>
        Rejections.Any(rejection =>
            rejection.Covers(confirmation.Release)
            && rejection.At < confirmation.At
            && !Rejections.Any(later =>
                later.Fallback == confirmation.Release && later.At > rejection.At && later.At < confirmation.At));

    /// <summary>Whether a push of the release was accepted before, as far as the records still tell.</summary>
    public bool IsRecorded(Release release) =>
        HasVersion(release)
        || Confirmations.Any(tag => tag.Release == release)
        || Reported.Any(tag => tag.Release == release)
        || Rejections.Any(rejection => rejection.From == release);

    /// <summary>
    /// The fallback of a release; <c>null</c> where there is none. It is a confirmed release below it that has a version, and
    /// that no rejection covers or that the rejection in effect fell back to. The greatest of the same pipeline comes first: a
    /// job that was run again has its pipeline's image, and goes back to what that image was before.
    /// </summary>
    public Release? FallbackOf(Release release)
    {
        var current = EffectiveFallback;
        Release? best = null;
        foreach (var tag in Confirmations)
        {
            var confirmed = tag.Release;
            if (confirmed < release
                && HasVersion(confirmed)
                && !IsOverruled(tag)
                && (confirmed == current || !Rejections.Any(rejection => rejection.Covers(confirmed)))
                && (best is not { } other || IsBetter(confirmed, other)))
            {
                best = confirmed;
            }
        }

        return best;

        bool IsBetter(Release one, Release other) =>
            (one.PipelineId == release.PipelineId) == (other.PipelineId == release.PipelineId)
                ? one > other
                : one.PipelineId == release.PipelineId;
    }

    // Two runs may reject at once, and the one that is not in effect may have come later: then its fallback counts.
    private Release? EffectiveFallback
    {
        get
        {
            if (EffectiveRejection is not { } effective)
            {
                return null;
            }

            var fallback = effective.Fallback;
            while (Rejections.Where(rejection => rejection.At > effective.At && rejection.Covers(fallback)).MaxBy(rejection => rejection.At)
                is { } newer)
            {
                fallback = newer.Fallback;
            }

            return fallback;
        }
    }

    /// <summary>The rejection of a release; the greatest rejected release never sinks.</summary>
    public Rejection Reject(Release from, Release fallback, DateTimeOffset at, RejectedBy by, string reason) =>
        new(EffectiveRejection is { } rejection ? Release.Max(rejection.Through, from) : from, fallback, from, at, by, reason);

    private bool IsDone(string request, DateTimeOffset at) =>
        RequestsDone.Any(done => done.Request == request && done.At >= at);

    private Records Counted(IRecordTag? before) => before is null ? this with { TagCount = TagCount + 1 } : this;

    private Records Counted<T>(ImmutableArray<T> tags, T tag)
        where T : class, IRecordTag =>
        tags.Any(other => other.Key == tag.Key) ? this : this with { TagCount = TagCount + 1 };

    // A tag that is written again takes the place of the one before.
    private static ImmutableArray<T> Put<T>(ImmutableArray<T> tags, T tag)
        where T : class, IRecordTag =>
        [.. tags.Where(other => other.Key != tag.Key), tag];
}
