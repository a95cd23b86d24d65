using Scheduling.Virtual;

return args switch
{
    ["year", ..] => await Year.RunAsync(args[1..]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Figures of the test harness, on virtual time.

          year [--jobs 1000]     a year of jobs, as fast as it goes
        """);
    return 1;
}
