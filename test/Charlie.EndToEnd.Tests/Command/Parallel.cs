// These tests wait for processes and for a cloud's own pace, not for the processor: more of them at once than there are cores.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
