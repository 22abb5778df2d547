// Each of these tests keeps two to four function processes alive: two tests at once are what two cores bear.
[assembly: Xunit.v3.Parallelization(MaxThreads = 2)]
