// Each test has several processes; two tests at once would only slow each other down on a small machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
